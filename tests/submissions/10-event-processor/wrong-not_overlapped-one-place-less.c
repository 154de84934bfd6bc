/* Wrong: takes the event that is in a handler's hands for one of those that wait. So there is room for one less, and
 * the last event of each burst is in the hands of the task that should pass on all others. */
#include "events.h"

struct handler {
    rt_chan *queue; /* of struct event; closed after the last one */
    rt_wait_group *all;
};

static void run_handler(void *arg)
{
    struct handler *handler = arg;
    struct event event;

    while (rt_chan_recv(handler->queue, &event) == RT_OK)
        handle(&event);
    rt_wait_group_done(handler->all);
}

void process_events(rt_chan *events, int handlers, int room)
{
    struct handler handler[HANDLERS_MAX];
    rt_wait_group all = {0};
    struct event event;

    rt_wait_group_add(&all, handlers);
    for (int i = 0; i < handlers; i++) {
        handler[i].queue = rt_chan_new(sizeof(struct event), (size_t)room - 1);
        handler[i].all = &all;
        rt_go(run_handler, &handler[i]);
    }

    while (rt_chan_recv(events, &event) == RT_OK)
        rt_chan_send(handler[event.order % handlers].queue, &event);

    for (int i = 0; i < handlers; i++)
        rt_chan_close(handler[i].queue);
    rt_wait_group_wait(&all);
    for (int i = 0; i < handlers; i++)
        rt_chan_free(handler[i].queue);
}
