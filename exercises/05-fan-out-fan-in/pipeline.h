/* pipeline.h - the exercise of lesson 05: a pipeline that fans out and in again.
 *
 * You read this file and complete pipeline.c. The harness puts your three stages together:
 *
 *                        +--> square_all --+
 *     generate --numbers-+--> square_all --+--> merge --> the harness
 *                        +--> square_all --+
 *
 *     numbers = generate(values, count);
 *     for (int i = 0; i < workers; i++)
 *         squares[i] = square_all(numbers);        all read from one channel: fan-out
 *     all = merge(squares, workers);               all end in one channel: fan-in
 *     while (rt_chan_recv(all, &value) == RT_OK)
 *         ...
 *
 * Each stage makes its output channel, starts the task or tasks that fill it, and returns the
 * channel *at once*: the work goes on behind the caller's back. All channels carry elements of type
 * int64_t.
 *
 * One rule holds the pipeline together: whoever sends on a channel closes it, once, after the last
 * value. So the end of the input runs through the stages by itself, and no task is left waiting.
 *
 * The harness lives as long as the channels do: free none of them. You may take every allocation,
 * rt_chan_new and rt_go to succeed. */
#ifndef PIPELINE_H
#define PIPELINE_H

#include <stdint.h>

#include "rt.h"

/* The most workers that the harness asks for: no more than an rt_select takes cases. */
#define MAX_WORKERS RT_SELECT_MAX

/* Squares n modulo the prime 2,147,483,647, then squares the result, and so on many times. Given:
 * it lies in harness.c. Each step needs the one before, so it takes its time: pure computing, no
 * waiting, up to four times as long for one number as for another. Any number of tasks may call it
 * at once.
 *
 * It also keeps watch: a pipeline needs a generator, `workers` squarers, up to `workers` + 1 tasks
 * to merge, and the main task. If it finds more than 2 * `workers` + 3 tasks alive, it ends the
 * program with a report. */
int64_t square(int64_t n);

/* The source. Returns a channel on which values[0] .. values[count - 1] arrive in that order; then
 * it is closed. The caller owns `values` and keeps them alive until the pipeline has run dry. */
rt_chan *generate(const int64_t *values, int count);

/* One worker. Returns a channel on which square(n) arrives for each n that this worker took from
 * `numbers`; it is closed when `numbers` is closed and drained. Several workers share `numbers`:
 * each value goes to one of them. */
rt_chan *square_all(rt_chan *numbers);

/* The fan-in. Returns a channel on which every value of the n channels in `inputs` arrives, in any
 * order, as soon as it is there; it is closed when all the inputs are closed and drained.
 * 1 <= n <= MAX_WORKERS. The array `inputs` outlives the pipeline. */
rt_chan *merge(rt_chan **inputs, int n);

#endif
