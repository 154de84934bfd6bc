/* The producer goes home without closing the channel: the consumer waits for an order that will
 * never come. */
#include "shop.h"

static void take_orders(void *arg)
{
    rt_chan *orders = arg;
    struct order order;
    while (take_order(&order))
        rt_chan_send(orders, &order);
}

void run_shop(void)
{
    rt_chan *orders = rt_chan_new(sizeof(struct order), 0);
    rt_go(take_orders, orders);
    struct order order;
    while (rt_chan_recv(orders, &order) == RT_OK)
        serve(&order);
    rt_chan_free(orders);
}
