/* compile-large-object.c - makes an object of 30 MiB, within the compiler's limit, for the grader to
 * read.
 *
 * Expect: forbidden_symbol
 * Tiers: ABCD */
#include "attacked.h"

char bomb[30 << 20] = {1};

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
