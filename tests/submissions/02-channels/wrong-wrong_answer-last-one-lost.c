/* The caller closes the channel and returns at once: the last drink is still in the machine. */
#include "shop.h"

static void serve_orders(void *arg)
{
    rt_chan *orders = arg;
    struct order order;
    while (rt_chan_recv(orders, &order) == RT_OK)
        serve(&order);
}

void run_shop(void)
{
    rt_chan *orders = rt_chan_new(sizeof(struct order), 0);
    rt_go(serve_orders, orders);
    struct order order;
    while (take_order(&order))
        rt_chan_send(orders, &order);
    rt_chan_close(orders);
}
