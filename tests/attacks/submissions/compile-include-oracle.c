/* compile-include-oracle.c - includes the oracle in place of a solution.
 *
 * Expect: build_error
 * Tiers: ABC */
#include "attacked.h"

#include COURSE "/exercises/99-attacked/oracle.c"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
