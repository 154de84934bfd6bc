/* pipeline.c - complete this file. What is asked stands in pipeline.h, and why in
 * lessons/05-fan-out-fan-in/lesson.md.
 *
 * Try it:     make run LESSON=05 PROCS=2
 * Grade it:   make check LESSON=05
 * Stuck?      make hint LESSON=05 */
#include <stdlib.h>

#include "pipeline.h"

/* Every stage has the same form: a struct that says what the task works on, the task itself, and
 * the function that starts it. The struct lives on the heap, because the function returns while the
 * task goes on; the task frees it. */

/* TODO 1: start a task that sends every value on `out`, then closes `out`. Then remove the close
 * here. */
rt_chan *generate(const int64_t *values, int count)
{
    rt_chan *out = rt_chan_new(sizeof(int64_t), 0);

    (void)values; /* remove these two lines: they only keep the compiler quiet */
    (void)count;
    rt_chan_close(out);
    return out;
}

/* TODO 2: start a task that receives from `numbers` until it is closed and drained, sends the
 * square of each value on `out`, then closes `out`. */
rt_chan *square_all(rt_chan *numbers)
{
    rt_chan *out = rt_chan_new(sizeof(int64_t), 0);

    (void)numbers;
    rt_chan_close(out);
    return out;
}

/* TODO 3: bring the values of all inputs to `out`, whichever is ready first, and close `out` when
 * all of the inputs have ended. Either a task for each input passes its values on, and one more
 * task closes `out` when a wait group says that all are done; or a single task uses rt_select on
 * all the inputs. */
rt_chan *merge(rt_chan **inputs, int n)
{
    rt_chan *out = rt_chan_new(sizeof(int64_t), 0);

    (void)inputs;
    (void)n;
    rt_chan_close(out);
    return out;
}
