/* prime.c - counts primes by trial division, the way one writes it first: nothing but computing.
 *
 * Numbers are of the type `int`, as in Go's program, although Go's has 64 bits: each is what one
 * writes in that language. README.md says what that makes. */
#include "prime.h"

#include <stdbool.h>

#include "bench.h"

/* So that divisor * divisor does not overflow. */
#define LARGEST_N 2000000000

static bool is_prime(int number)
{
    if (number < 2) {
        return false;
    }
    for (int divisor = 2; divisor * divisor <= number; divisor++) {
        if (number % divisor == 0) {
            return false;
        }
    }
    return true;
}

/* Aligned, so that the inner loop lies in the same way in the lines of the instruction cache
 * wherever the linker of each program puts it. */
__attribute__((aligned(64))) int64_t count_primes(int from, int to)
{
    int64_t count = 0;
    for (int number = from; number < to; number++) {
        count += is_prime(number);
    }
    return count;
}

int chunk_start(int64_t n, int index, int chunks)
{
    if (n > LARGEST_N) {
        bench_fail("n must be at most %d", LARGEST_N);
    }
    return (int)(n * index / chunks);
}
