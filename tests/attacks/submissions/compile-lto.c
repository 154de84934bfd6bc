/* compile-lto.c - hands in code that the linker would move into the harness.
 *
 * Expect: forbidden_symbol|build_error
 * Tiers: ABCD */
#include "attacked.h"

__asm__(".section .gnu.lto_.main, \"e\"\n\t.quad 0\n\t.text");

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
