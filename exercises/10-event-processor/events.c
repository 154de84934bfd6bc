/* events.c - exercise 10: an event processor.
 *
 * What is asked stands in events.h, how to go about it in the lesson
 * (lessons/10-event-processor/lesson.md).
 *
 * Try it:     make run LESSON=10
 * Grade it:   make check LESSON=10
 * Stuck?      make hint LESSON=10 */
#include "events.h"

void process_events(rt_chan *events, int handlers, int room)
{
    struct event event;

    /* TODO: so far one task handles one event after the other. The answer is right, and the waits do not
     * overlap.
     *
     *   1. Write the handler: a task that receives events from a channel of its own, until that is closed
     *      and drained, and handles them.
     *   2. Start `handlers` of them. How much does each of their channels hold?
     *   3. Here: receive each event and pass it on. To which handler, so that all events of an order go
     *      to the same one?
     *   4. After the last event: close, and wait. Close what, and wait for whom? */
    while (rt_chan_recv(events, &event) == RT_OK)
        handle(&event);
    (void)handlers; /* remove these two lines: they only keep the compiler quiet */
    (void)room;
}
