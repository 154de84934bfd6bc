# What test_gdb.c lets gdb do with its debuggee. Each answer stands below a line "== question".
set pagination off
set width 0
source runtime/gdb.py
echo \n== before\n
rt tasks
echo \n== session\n
break stop_here
run
echo \n== tasks\n
rt tasks
echo \n== parked\n
rt bt 2
echo \n== parked, full\n
rt bt 2 full
echo \n== asleep\n
rt bt 3
echo \n== stopped\n
rt bt 4
echo \n== new\n
rt bt 5
echo \n== running\n
rt bt 1
echo \n== thread\n
backtrace
echo \n== unknown\n
rt bt 99
