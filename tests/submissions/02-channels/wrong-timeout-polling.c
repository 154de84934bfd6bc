/* Never blocks on the channel but asks again and again; and since nobody closes it, it asks for
 * ever. No task is asleep, so the runtime can't tell that nothing will come. */
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
    int status;
    while ((status = rt_chan_try_recv(orders, &order)) != RT_ECLOSED) {
        if (status == RT_OK)
            serve(&order);
        else
            rt_yield();
    }
    rt_chan_free(orders);
}
