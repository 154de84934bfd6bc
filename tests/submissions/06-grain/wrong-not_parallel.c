/* Wrong: a plain loop. The sum is right, and a second CPU changes nothing. */
#include "takings.h"

uint64_t total_takings(int64_t sales, int workers)
{
    uint64_t total = 0;

    (void)workers;
    for (int64_t sale = 0; sale < sales; sale++)
        total += cents(sale);
    return total;
}
