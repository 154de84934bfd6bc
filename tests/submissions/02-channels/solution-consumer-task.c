/* The other way round: the consumer is a task, the caller takes the orders, closes the channel, and
 * waits until the consumer has served what is still in the buffer. */
#include "shop.h"

struct barista {
    rt_chan *orders;
    rt_wait_group done;
};

static void serve_orders(void *arg)
{
    struct barista *barista = arg;
    struct order order;
    while (rt_chan_recv(barista->orders, &order) == RT_OK)
        serve(&order);
    rt_wait_group_done(&barista->done);
}

void run_shop(void)
{
    struct barista barista = {.orders = rt_chan_new(sizeof(struct order), 4)};
    rt_wait_group_add(&barista.done, 1);
    rt_go(serve_orders, &barista);
    struct order order;
    while (take_order(&order))
        rt_chan_send(barista.orders, &order);
    rt_chan_close(barista.orders);
    rt_wait_group_wait(&barista.done);
    rt_chan_free(barista.orders);
}
