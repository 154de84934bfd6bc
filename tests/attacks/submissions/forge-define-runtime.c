/* forge-define-runtime.c - replaces a function of the runtime.
 *
 * Expect: forbidden_symbol|build_error
 * Tiers: ABCD */
#include "attacked.h"

#undef rt_now
int64_t rt_now(void)
{
    return 0;
}

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
