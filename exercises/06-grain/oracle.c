/* oracle.c - the expected answer of lesson 06, by plain sequential code: one loop, no tasks. */
#include "takings.h"

uint64_t total_takings(int64_t sales, int workers)
{
    uint64_t total = 0;

    (void)workers;
    for (int64_t sale = 0; sale < sales; sale++)
        total += cents(sale);
    return total;
}
