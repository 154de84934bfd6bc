/* Two tasks and a channel, but the consumer begins when the producer has finished: the orders of
 * the whole day lie in the buffer, and the waits add up all the same. */
#include "shop.h"

struct counter {
    rt_chan *orders;
    rt_wait_group done;
};

static void take_orders(void *arg)
{
    struct counter *counter = arg;
    struct order order;
    while (take_order(&order))
        rt_chan_send(counter->orders, &order);
    rt_chan_close(counter->orders);
    rt_wait_group_done(&counter->done);
}

void run_shop(void)
{
    struct counter counter = {.orders = rt_chan_new(sizeof(struct order), 1000)};
    rt_wait_group_add(&counter.done, 1);
    rt_go(take_orders, &counter);
    rt_wait_group_wait(&counter.done);
    struct order order;
    while (rt_chan_recv(counter.orders, &order) == RT_OK)
        serve(&order);
    rt_chan_free(counter.orders);
}
