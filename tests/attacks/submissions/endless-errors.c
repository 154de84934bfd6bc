/* endless-errors.c - prints without end, on standard error.
 *
 * Expect: output_limit|timeout
 * Tiers: ABCD */
#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    (void)numbers, (void)mixed, (void)count;
    for (;;)
        fputs("more and more and more and more and more and more\n", stderr);
}
