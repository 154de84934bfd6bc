/* process-outlive.c - unties its life from those that watch over it.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <sys/prctl.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    must_fail(prctl(PR_SET_PDEATHSIG, 0) < 0 && setsid() < 0 && setpgid(0, 0) < 0 &&
                  prctl(PR_SET_CHILD_SUBREAPER, 1) < 0,
              "untie its life");
    solve(numbers, mixed, count);
}
