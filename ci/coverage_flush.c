/* coverage_flush.c - keeps the coverage counts of processes that end in a hurry.
 *
 * gcov writes its counts when a program calls exit(), or exec in most of its forms. The runtime's
 * reports end with _exit() or abort(), often in the forked child of a test, and the grader's children
 * become other programs through execvpe(). Their counts would be lost: just the lines that deal with
 * deadlocks, misuse and limits would look untested. Coverage builds are linked with --wrap, which
 * sends those calls here first. */
#include <stdlib.h>
#include <unistd.h>

/* libgcov's: write the counts; then start again from zero, or the next writing adds them twice. */
void __gcov_dump(void);
void __gcov_reset(void);

_Noreturn void __real__exit(int status);
_Noreturn void __real_abort(void);
int __real_execvpe(const char *file, char *const argv[], char *const envp[]);

_Noreturn void __wrap__exit(int status);
_Noreturn void __wrap_abort(void);
int __wrap_execvpe(const char *file, char *const argv[], char *const envp[]);

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

int __wrap_execvpe(const char *file, char *const argv[], char *const envp[])
{
    __gcov_dump();
    __gcov_reset();
    return __real_execvpe(file, argv, envp);
}
