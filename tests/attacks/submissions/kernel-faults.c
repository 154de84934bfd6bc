/* kernel-faults.c - handles page faults itself, which makes races in the kernel easy to win.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <sys/syscall.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    must_fail(syscall(SYS_userfaultfd, 0) < 0, "use userfaultfd");
    solve(numbers, mixed, count);
}
