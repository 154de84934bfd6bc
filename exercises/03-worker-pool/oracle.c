/* oracle.c - the expected answer of lesson 03, by plain sequential code. It gives every signature
 * its value and is the measure of how long the work takes without any tasks; it is no pool. */
#include "pool.h"

void sign_all(const uint64_t *payments, uint64_t *signatures, int count, int workers)
{
    (void)workers;
    for (int i = 0; i < count; i++)
        signatures[i] = sign(payments[i]);
}
