/* forge-input.c - reads the input that is the harness's.
 *
 * Expect: forbidden_symbol
 * Tiers: ABCD */
#include "attacked.h"

uint64_t input_random(void);

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    printf("%llu\n", (unsigned long long)input_random());
    solve(numbers, mixed, count);
}
