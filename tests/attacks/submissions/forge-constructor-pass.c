/* forge-constructor-pass.c - prints PASS before main().
 *
 * Expect: forbidden_symbol
 * Tiers: ABCD */
#include "attacked.h"

__attribute__((constructor)) static void early(void)
{
    puts("PASS");
}

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
