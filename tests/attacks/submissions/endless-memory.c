/* endless-memory.c - fills memory without end.
 *
 * Expect: memory_limit
 * Tiers: ABCD */
#include <stdlib.h>
#include <string.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    (void)numbers, (void)mixed, (void)count;
    for (int i = 0; i < 4096; i++) {
        char *block = malloc(1 << 20);
        if (!block)
            abort();
        memset(block, 1, 1 << 20);
    }
}
