/* prime.h - the work of the benchmark "primes". It is the same code in every C and C++ program, and word
 * by word the same in Go's, so that only the scheduling differs. */
#ifndef PRIME_H
#define PRIME_H

#include <stdbool.h>
#include <stdint.h>

/* 32 bits: their division takes the same time on all CPUs, that of 64 bits does not. */
static inline bool is_prime(uint32_t number)
{
    if (number < 3 || number % 2 == 0) {
        return number == 2;
    }
    for (uint32_t divisor = 3; divisor * divisor <= number; divisor += 2) {
        if (number % divisor == 0) {
            return false;
        }
    }
    return true;
}

/* How many primes there are in [from, to). */
static inline int64_t count_primes(uint32_t from, uint32_t to)
{
    int64_t count = 0;
    for (uint32_t number = from; number < to; number++) {
        count += is_prime(number);
    }
    return count;
}

/* Where chunk `index` of the numbers below n starts. */
static inline uint32_t chunk_start(int64_t n, int64_t index, int64_t chunks)
{
    return (uint32_t)(n * index / chunks);
}

#endif
