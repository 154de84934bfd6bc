/* compile-include-itself.c - includes itself, twice each time.
 *
 * Expect: build_error
 * Tiers: ABCD */
#include "attacked.h"

#include __FILE__
#include __FILE__

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
