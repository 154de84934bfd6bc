/* endless-locked-memory.c - locks memory, so that the machine cannot swap it out.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <sys/mman.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    void *block = mmap(NULL, 1 << 26, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    must_fail(mlock(block, 1 << 26) < 0 && mlockall(MCL_FUTURE) < 0, "lock 64 MiB");
    solve(numbers, mixed, count);
}
