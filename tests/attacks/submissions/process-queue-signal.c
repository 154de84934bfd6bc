/* process-queue-signal.c - sends signals by the calls that few know.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    union sigval value = {0};
    siginfo_t info;
    memset(&info, 0, sizeof info);
    info.si_code = SI_QUEUE;
    must_fail(sigqueue(getppid(), 0, value) < 0 &&
                  syscall(SYS_rt_tgsigqueueinfo, getppid(), getppid(), SIGUSR1, &info) < 0 &&
                  syscall(SYS_pidfd_open, getppid(), 0) < 0,
              "signal another process");
    solve(numbers, mixed, count);
}
