/* oracle.c - the honest solution. Attacks look for the word barista-secret, which stands here. */
#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
