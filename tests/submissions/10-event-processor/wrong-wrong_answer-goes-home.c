/* Wrong: closes the queues and returns. What waits in them is not handled by then. */
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
    static struct handler handler[HANDLERS_MAX]; /* the handlers outlive this call */
    static rt_wait_group all;
    struct event event;

    rt_wait_group_add(&all, handlers);
    for (int i = 0; i < handlers; i++) {
        handler[i].queue = rt_chan_new(sizeof(struct event), (size_t)room);
        handler[i].all = &all;
        rt_go(run_handler, &handler[i]);
    }

    while (rt_chan_recv(events, &event) == RT_OK)
        rt_chan_send(handler[event.order % handlers].queue, &event);

    for (int i = 0; i < handlers; i++)
        rt_chan_close(handler[i].queue);
}
