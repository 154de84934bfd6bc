/* shop.c - exercise 02: take orders and serve them at the same time.
 *
 * What is asked stands in shop.h, how to go about it in the lesson (lessons/02-channels/lesson.md).
 * Check it with `make check LESSON=02`. */
#include "shop.h"

/* The producer: takes orders and sends them on the channel. It has the form that rt_go() starts. */
static void take_orders(void *arg)
{
    rt_chan *orders = arg;
    struct order order;
    /* TODO 1: so far only the first customer is asked. Take orders until there are none left, and
     * send each of them. */
    if (take_order(&order))
        rt_chan_send(orders, &order);
    /* TODO 2: how does the other side learn that no more will come? */
}

void run_shop(void)
{
    rt_chan *orders = rt_chan_new(sizeof(struct order), 0);
    rt_go(take_orders, orders);

    /* TODO 3: the consumer. So far it serves one order and goes home. Receive and serve until the
     * channel is closed and drained. */
    struct order order;
    rt_chan_recv(orders, &order);
    serve(&order);

    /* TODO 4: the channel is yours, so rt_chan_free() it - but only where you can be sure that no
     * task will touch it any more. */
}
