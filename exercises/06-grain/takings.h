/* takings.h - the exercise of lesson 06: add up a year of sales on all procs.
 *
 * You read this file and complete takings.c. A sale costs next to nothing to look at, and there are
 * millions of them. So what decides is not who does which sale, but how many of them you hand over
 * at a time.
 *
 * The harness runs total_takings() once, in the main task. You may take every allocation,
 * rt_chan_new and rt_go to succeed. */
#ifndef TAKINGS_H
#define TAKINGS_H

#include <stdint.h>

#include "rt.h"

/* What sale number `sale` brought, in cents. Given: it lies in harness.c. It adds up the receipt,
 * which takes some twenty nanoseconds, the same for every sale. Any number of tasks may call it at
 * once. A number that is no sale of this year brings 1 cent, so that you see the mistake. */
uint64_t cents(int64_t sale);

/* Returns the takings of the year: the sum of cents(sale) for 0 <= sale < sales. Yours to write. It
 * shares the work among tasks such that `workers` procs are busy, and such that handing it out
 * costs next to nothing: on one proc it takes hardly longer than a plain loop. It leaves no task
 * waiting when it returns. How many tasks you start is up to you.
 *
 * `sales` is at least 1 and `workers` at least 1. The number of sales is a prime: it can't be cut
 * into equal chunks. The sum needs more than 32 bits. */
uint64_t total_takings(int64_t sales, int workers);

#endif
