/* compile-symbol-flood.c - defines hundreds of thousands of symbols that must not be defined, each
 * of which is looked for in the whole source.
 *
 * Expect: forbidden_symbol|build_error
 * Tiers: ABCD */
#include "attacked.h"

__asm__(".macro flood\n.globl __flood\\@\n__flood\\@:\n.endm\n.rept 200000\nflood\n.endr");

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
