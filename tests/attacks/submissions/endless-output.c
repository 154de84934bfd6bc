/* endless-output.c - prints without end.
 *
 * Expect: output_limit
 * Tiers: ABCD */
#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    (void)numbers, (void)mixed, (void)count;
    for (;;)
        puts("more and more and more and more and more and more");
}
