/* Both sides close the channel. Only the sending side should: it alone knows that no more will
 * come. */
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
    while (rt_chan_recv(orders, &order) == RT_OK)
        serve(&order);
    rt_chan_close(orders);
    rt_chan_free(orders);
}
