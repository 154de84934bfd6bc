# What test_gdb.c asks of a core file.
set pagination off
set width 0
source runtime/gdb.py
echo \n== tasks\n
rt tasks
echo \n== parked\n
rt bt 2
