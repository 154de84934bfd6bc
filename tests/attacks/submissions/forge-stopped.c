/* forge-stopped.c - stops itself, so that it neither runs nor ends.
 *
 * Expect: timeout
 * Tiers: ABCD */
#include <signal.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    (void)numbers, (void)mixed, (void)count;
    raise(SIGSTOP);
}
