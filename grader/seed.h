/* seed.h - where the grader's random numbers come from: one stream per grading, from one seed.
 *
 * `--seed S` repeats a grading's inputs and orders exactly. Seeds stay below 2^48: short enough to
 * type, and exact in every program that reads JSON numbers as doubles. */
#ifndef BARISTA_SEED_H
#define BARISTA_SEED_H

#include <stdint.h>

#define SEED_MAX ((UINT64_C(1) << 48) - 1)

/* A seed that nobody can predict, from the kernel. */
uint64_t seed_fresh(void);

/* The next seed of the stream, 0..SEED_MAX; advances the stream. */
uint64_t seed_next(uint64_t *stream);

/* A number below `limit` (at least 1); advances the stream. */
int seed_below(uint64_t *stream, int limit);

/* The numbers from 0 to count - 1 in random order; advances the stream. */
void seed_shuffle(uint64_t *stream, int *order, int count);

#endif
