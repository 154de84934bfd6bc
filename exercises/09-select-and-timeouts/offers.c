/* offers.c - exercise 09: ask several suppliers at once, and wait for as long as you have.
 *
 * What is asked stands in offers.h, how to go about it in the lesson
 * (lessons/09-select-and-timeouts/lesson.md).
 *
 * Try it:     make run LESSON=09
 * Grade it:   make check LESSON=09
 * Stuck?      make hint LESSON=09 */
#include "offers.h"

struct offer best_offer(int count, int64_t patience_ns)
{
    /* TODO: so far only the first supplier is called, and nobody else hears of it.
     *
     *   1. Call all of them: a line for each, and a case of a select for each line.
     *   2. Wait in a loop for the next line on which something happens. How much of the patience is left
     *      by then?
     *   3. A line that is closed is always ready, and has only zeros to give. Switch it off.
     *   4. Hang up - whether the time is over or all lines are closed. */
    rt_chan *hang_up = rt_chan_new(0, 0);
    rt_chan *line = call(0, hang_up);
    struct offer offer = {0};

    rt_case first = RT_RECV(line, &offer);
    rt_select(&first, 1, patience_ns);
    rt_chan_close(hang_up);
    (void)count; /* remove this line: it only keeps the compiler quiet */
    return offer;
}
