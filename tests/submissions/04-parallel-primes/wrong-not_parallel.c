/* Wrong: a plain loop. The count is right, and a second CPU changes nothing. */
#include "primes.h"

int count_primes(int low, int high, int workers)
{
    int count = 0;

    (void)workers;
    for (int n = low; n < high; n++)
        count += is_prime(n);
    return count;
}
