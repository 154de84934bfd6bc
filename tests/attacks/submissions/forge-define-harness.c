/* forge-define-harness.c - replaces the harness by a weak definition.
 *
 * Expect: forbidden_symbol|build_error
 * Tiers: ABCD */
#include "attacked.h"

void harness(void);
__attribute__((weak)) void harness(void)
{
}

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
