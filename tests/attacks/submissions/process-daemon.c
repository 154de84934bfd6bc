/* process-daemon.c - leaves a process behind that has a session of its own and computes on.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <stdlib.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    must_fail(daemon(0, 0) < 0, "leave a process behind");
    solve(numbers, mixed, count);
}
