/* compile-include-endless.c - includes a device that never ends.
 *
 * Expect: build_error
 * Tiers: ABC */
#include "attacked.h"

#include "/dev/zero"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
