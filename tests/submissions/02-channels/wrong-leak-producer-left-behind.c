/* Does not close the channel but sends an order with number 0 for "closing time" - twice, to be on
 * the safe side. The consumer goes home after the first; the producer waits for ever to hand over
 * the second. */
#include "shop.h"

static void take_orders(void *arg)
{
    rt_chan *orders = arg;
    struct order order, closing_time = {0};
    while (take_order(&order))
        rt_chan_send(orders, &order);
    rt_chan_send(orders, &closing_time);
    rt_chan_send(orders, &closing_time);
}

void run_shop(void)
{
    rt_chan *orders = rt_chan_new(sizeof(struct order), 0);
    rt_go(take_orders, orders);
    struct order order;
    while (rt_chan_recv(orders, &order) == RT_OK && order.number != 0)
        serve(&order);
}
