/* compile-linker-script.c - hands in a script for the linker in place of a program.
 *
 * Expect: build_error
 * Tiers: ABCD */
#include "attacked.h"

INPUT(/ etc / passwd)
GROUP(-lc)

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
