/* process-fork.c - starts processes: by fork, vfork, clone and clone3.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <linux/sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "attacked.h"

static int try(long number)
{
    long child = syscall(number);
    if (child == 0)
        _exit(0);
    return child < 0;
}

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    struct clone_args arguments = {.exit_signal = SIGCHLD};
    must_fail(try(SYS_fork) && try(SYS_vfork) && syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) < 0 &&
                  syscall(SYS_clone3, &arguments, sizeof arguments) < 0,
              "start a process");
    solve(numbers, mixed, count);
}
