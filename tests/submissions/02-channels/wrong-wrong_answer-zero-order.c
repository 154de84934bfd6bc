/* Looks at what was received before it asks whether anything was: a closed channel gives zeros, and
 * order 0 is served to customer 0. */
#include "shop.h"

static void take_orders(void *arg)
{
    rt_chan *orders = arg;
    struct order order;
    while (take_order(&order))
        rt_chan_send(orders, &order);
    rt_chan_close(orders);
}

void run_shop(void)
{
    rt_chan *orders = rt_chan_new(sizeof(struct order), 0);
    rt_go(take_orders, orders);
    struct order order;
    int status;
    do {
        status = rt_chan_recv(orders, &order);
        serve(&order);
    } while (status == RT_OK);
    rt_chan_free(orders);
}
