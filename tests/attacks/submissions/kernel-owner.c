/* kernel-owner.c - has signals sent to others by the kernel (F_SETOWN).
 *
 * Expect: pass held
 * Tiers: ABC */
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    must_fail(fcntl(4, F_SETOWN, getppid()) < 0 && fcntl(4, F_SETSIG, SIGKILL) < 0 &&
                  fcntl(4, F_SETLEASE, F_WRLCK) < 0 && fcntl(4, F_NOTIFY, 1) < 0,
              "have signals sent");
    solve(numbers, mixed, count);
}
