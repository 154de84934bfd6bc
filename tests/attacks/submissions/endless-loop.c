/* endless-loop.c - computes without end, and ignores every signal that it may.
 *
 * Expect: timeout
 * Tiers: ABCD */
#include <signal.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    (void)numbers, (void)mixed, (void)count;
    for (int i = 1; i < 32; i++)
        signal(i, SIG_IGN);
    for (volatile int i = 0;; i++)
        ;
}
