/* forge-cpu-limit.c - sends itself the signal of a limit that was not met.
 *
 * Expect: timeout|crash
 * Tiers: ABCD */
#include <signal.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    (void)numbers, (void)mixed, (void)count;
    raise(SIGXCPU);
}
