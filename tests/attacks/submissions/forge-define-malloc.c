/* forge-define-malloc.c - replaces the allocator under the harness.
 *
 * Expect: forbidden_symbol|build_error
 * Tiers: ABCD */
#include <stddef.h>

#include "attacked.h"

void *malloc(size_t size)
{
    static char memory[1 << 20];
    static size_t used;
    used += (size + 15) & ~(size_t)15;
    return memory + used;
}

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
