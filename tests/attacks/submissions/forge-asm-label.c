/* forge-asm-label.c - hides the real name of what it defines from those who read the source.
 *
 * Expect: forbidden_symbol
 * Tiers: ABCD */
#include "attacked.h"

long innocent(int descriptor, const void *bytes, unsigned long size) __asm__("wri"
                                                                             "te");

long innocent(int descriptor, const void *bytes, unsigned long size)
{
    (void)descriptor, (void)bytes;
    return (long)size;
}

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    solve(numbers, mixed, count);
}
