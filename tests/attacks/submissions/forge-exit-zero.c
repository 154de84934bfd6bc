/* forge-exit-zero.c - ends the program with status 0 before an answer is due.
 *
 * Expect: crash
 * Tiers: ABCD */
#include <stdlib.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    (void)numbers, (void)mixed, (void)count;
    _exit(0);
}
