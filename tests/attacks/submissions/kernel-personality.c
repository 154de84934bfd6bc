/* kernel-personality.c - turns off the protections of its own address space.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <sys/personality.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    must_fail(personality(ADDR_NO_RANDOMIZE | READ_IMPLIES_EXEC) < 0, "change its personality");
    solve(numbers, mixed, count);
}
