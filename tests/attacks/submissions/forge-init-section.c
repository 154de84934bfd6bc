/* forge-init-section.c - puts instructions into the function that the loader calls first.
 *
 * Expect: forbidden_symbol
 * Tiers: ABCD */
#include "attacked.h"

__asm__(".section .init\n\tnop\n\t.text");

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
