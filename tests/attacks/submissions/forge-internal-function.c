/* forge-internal-function.c - uses what the runtime keeps to itself.
 *
 * Expect: forbidden_symbol
 * Tiers: ABCD */
#include "attacked.h"

void rt__main_finished(void);

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    rt__main_finished();
    solve(numbers, mixed, count);
}
