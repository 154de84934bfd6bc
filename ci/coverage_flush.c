/* coverage_flush.c - keeps the coverage counts of processes that end in a hurry.
 *
 * gcov writes its counts when a program calls exit(). The runtime's reports end with _exit() or
 * abort(), often in the forked child of a test, and their counts would be lost: just the lines that
 * deal with deadlocks and misuse would look untested. Coverage builds are linked with --wrap, which
 * sends those calls here first. */
#include <stdlib.h>
#include <unistd.h>

void __gcov_dump(void); /* libgcov's */

_Noreturn void __real__exit(int status);
_Noreturn void __real_abort(void);
_Noreturn void __wrap__exit(int status);
_Noreturn void __wrap_abort(void);

_Noreturn void __wrap__exit(int status)
{
    __gcov_dump();
    __real__exit(status);
}

_Noreturn void __wrap_abort(void)
{
    __gcov_dump();
    __real_abort();
}
