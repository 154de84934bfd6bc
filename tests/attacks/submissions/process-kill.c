/* process-kill.c - sends signals to its parent, to its group and to all. (The signal 0 does no
 * harm.)
 *
 * Expect: pass held
 * Tiers: ABC */
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    must_fail(kill(-1, 0) < 0 && kill(0, 0) < 0 && kill(getppid(), 0) < 0 && kill(1, 0) < 0 &&
                  syscall(SYS_tkill, getppid(), 0) < 0 &&
                  syscall(SYS_tgkill, getppid(), getppid(), 0) < 0,
              "signal another process");
    solve(numbers, mixed, count);
}
