/* compile-assembler-bomb.c - has the assembler repeat itself without end.
 *
 * Expect: build_error
 * Tiers: ABCD */
#include "attacked.h"

__asm__(".rept 1000000000\n\t.quad 0\n\t.endr");

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
