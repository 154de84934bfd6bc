/* endless-reservation.c - reserves address space without end, and touches none of it.
 *
 * Expect: pass held
 * Tiers: ABCD */
#include <sys/mman.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    size_t given = 0, size = (size_t)1 << 36;
    while (given < 64 && mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                              -1, 0) != MAP_FAILED)
        given++;
    must_fail(given < 64, "reserve 4 TiB");
    solve(numbers, mixed, count);
}
