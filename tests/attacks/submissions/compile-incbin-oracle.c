/* compile-incbin-oracle.c - has the assembler put the oracle's source into the program.
 *
 * Expect: build_error
 * Tiers: ABC */
#include "attacked.h"

__asm__(".incbin \"" COURSE "/exercises/99-attacked/oracle.c\"");

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
