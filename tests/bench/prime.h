/* prime.h - the work of the benchmark "primes": the same machine code in every C and C++ program,
 * so that only the scheduling differs between them. */
#ifndef PRIME_H
#define PRIME_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How many primes there are in [from, to). */
int64_t count_primes(int from, int to);

/* Where chunk `index` of the numbers below n starts. */
int chunk_start(int64_t n, int index, int chunks);

#ifdef __cplusplus
}
#endif

#endif
