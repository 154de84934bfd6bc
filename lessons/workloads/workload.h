/* workload.h - what a workload is: the same work written twice, one thing after the other and as
 * tasks.
 *
 * There is a workload for each kind of work that the course tells apart, a file for each. `make
 * matrix` measures how many times as fast the second form is as the first, on one proc and on
 * several, and `make curves` draws it for up to 64. Nothing in such a file knows about that: it is
 * how one would write it. */
#ifndef WORKLOAD_H
#define WORKLOAD_H

#include <stdint.h>

#include "rt.h"

/* Each file defines both. They return a number that depends on all that was done and on nothing
 * else, so the two are equal, on any number of procs. */
uint64_t sequential(void);
uint64_t concurrent(void);

/* Computes for `ns` of CPU time and returns a number that depends on `seed` and on every step. It
 * goes by the number of steps that this machine takes in a millisecond, never by a clock: it is
 * work, which takes as much CPU time when others use the machine too. */
uint64_t compute(uint64_t seed, int64_t ns);

#endif
