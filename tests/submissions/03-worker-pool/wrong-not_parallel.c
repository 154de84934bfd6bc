/* Wrong: a plain loop. Every signature is right, and a second CPU changes nothing. */
#include "pool.h"

void sign_all(const uint64_t *payments, uint64_t *signatures, int count, int workers)
{
    (void)workers;
    for (int i = 0; i < count; i++)
        signatures[i] = sign(payments[i]);
}
