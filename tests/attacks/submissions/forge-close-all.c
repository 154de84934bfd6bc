/* forge-close-all.c - closes all descriptors, and those of the grader with luck.
 *
 * Expect: crash
 * Tiers: ABCD */
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    for (int i = 0; i < 1024; i++)
        close(i);
    solve(numbers, mixed, count);
}
