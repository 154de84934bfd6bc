/* trio.h - the exercise of lesson 08: measure three times, and turn the knob in between.
 *
 * You read this file and complete trio.c. A roastery computes how the beans in its drum get warm, one
 * bean at a time, and wants to know what tasks and procs would do for that. So it is measured three
 * times: sequential, concurrent, parallel.
 *
 * The harness runs these functions in the main task. You may take every allocation, rt_chan_new and
 * rt_go to succeed. */
#ifndef TRIO_H
#define TRIO_H

#include <stdint.h>

#include "rt.h"

/* One measurement: the result, and how long it took by rt_now(). */
struct measured {
    uint64_t sum;
    int64_t took_ns;
};

struct trio {
    struct measured sequential; /* a plain loop of the calling task */
    struct measured concurrent; /* heat_all() at procs=1 */
    struct measured parallel;   /* heat_all() at as many procs as asked for */
};

/* The heat of one bean. Given: it lies in harness.c. It only computes, the same time for each bean.
 * Any number of tasks may call it at once.
 *
 * It also keeps a record: by which task it is called, at how many procs, and when. That is how the
 * harness knows whether what you measured is what you were asked to measure. */
uint64_t heat(int bean);

/* Returns the sum of heat(bean) for 0 <= bean < beans, modulo 2^64. Yours to write. It starts a task for
 * each bean, waits for all, and leaves no task. It does not touch the knob: how many of its tasks run
 * at the same time is for its caller to say. */
uint64_t heat_all(int beans);

/* Measures the three kinds, in the order of struct trio, and fills in *trio. Yours to write. Each time
 * goes from just before the first bean is computed until the sum is there, and holds nothing of the
 * other two. `procs` is for the parallel one; the sequential one may have any number. Afterwards the
 * number of procs is what it was before.
 *
 * `beans` is at least 1 and `procs` at least 2. */
void benchmark(int beans, int procs, struct trio *trio);

#endif
