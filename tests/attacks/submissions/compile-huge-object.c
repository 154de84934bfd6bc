/* compile-huge-object.c - makes an object of many gigabytes.
 *
 * Expect: build_error
 * Tiers: ABCD */
#include "attacked.h"

char bomb[1ull << 36] = {1};

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
