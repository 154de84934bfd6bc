/* Wrong: one handler, however many are asked for. */
#include "events.h"

void process_events(rt_chan *events, int handlers, int room)
{
    struct event event;

    (void)handlers;
    (void)room;
    while (rt_chan_recv(events, &event) == RT_OK)
        handle(&event);
}
