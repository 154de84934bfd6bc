/* forge-loader.c - names a loader of its own for the program.
 *
 * Expect: forbidden_symbol
 * Tiers: ABCD */
#include "attacked.h"

__asm__(".section .interp, \"a\"\n\t.asciz \"/tmp/loader\"\n\t.text");

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
