/* compile-include-relative.c - includes the harness by way of the headers beside it.
 *
 * Expect: build_error
 * Tiers: ABC */
#include "attacked.h"

#include "harness.c"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
