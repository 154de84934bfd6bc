/* process-priority.c - takes its neighbours' time by its priority.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <sys/resource.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    must_fail(setpriority(PRIO_PROCESS, 0, -20) < 0 && setpriority(PRIO_USER, 0, 19) < 0,
              "change a priority");
    solve(numbers, mixed, count);
}
