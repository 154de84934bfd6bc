/* forge-define-clock.c - replaces the clock that the runtime reads.
 *
 * Expect: forbidden_symbol
 * Tiers: ABCD */
#include <time.h>

#include "attacked.h"

int clock_gettime(clockid_t clock, struct timespec *now)
{
    (void)clock;
    *now = (struct timespec){0};
    return 0;
}

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
