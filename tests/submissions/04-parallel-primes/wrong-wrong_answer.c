/* Wrong: the upper end of the range is counted too. It is a prime. */
#include "primes.h"

int count_primes(int low, int high, int workers)
{
    int count = 0;

    (void)workers;
    for (int n = low; n <= high; n++)
        count += is_prime(n);
    return count;
}
