/* primes.h - the exercise of lesson 04: count primes on all procs.
 *
 * You read this file and complete primes.c. The work is a range of numbers, and every number can be
 * tested without the others: nothing could be easier to share out. The art is to share it out so
 * that all procs finish together.
 *
 * The harness runs count_primes() once, in the main task. You may take every allocation,
 * rt_chan_new and rt_go to succeed. */
#ifndef PRIMES_H
#define PRIMES_H

#include <stdbool.h>

#include "rt.h"

/* Says whether n is a prime. Given: it lies in harness.c. Any number of tasks may call it at once.
 *
 * What it costs depends on n. The primes of the lower half of the range are known: those answers
 * come from a table, in a nanosecond or two. Above that it divides n by 2, 3, 5, 7, 9 and so on, up
 * to the square root of n or the first divisor: one division for an even number, hundreds for a
 * prime.
 *
 * Use this function: a sieve would be faster, but this lesson is about sharing out work as it
 * comes. */
bool is_prime(int n);

/* Returns how many primes p there are with low <= p < high. Yours to write. It shares the work
 * among tasks such that `workers` procs are busy to the end, and leaves no task waiting when it
 * returns. How many tasks you start is up to you.
 *
 * 0 <= low < high <= 100,000,000, and `workers` is at least 1. */
int count_primes(int low, int high, int workers);

#endif
