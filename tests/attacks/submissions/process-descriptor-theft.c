/* process-descriptor-theft.c - takes a descriptor out of its parent.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <sys/syscall.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    must_fail(syscall(SYS_pidfd_open, 1, 0) < 0 && syscall(SYS_pidfd_getfd, 3, 6, 0) < 0,
              "take a descriptor");
    solve(numbers, mixed, count);
}
