/* Two consumers would be faster still, if there were two coffee machines. */
#include "shop.h"

struct shop {
    rt_chan *orders;
    rt_wait_group done;
};

static void serve_orders(void *arg)
{
    struct shop *shop = arg;
    struct order order;
    while (rt_chan_recv(shop->orders, &order) == RT_OK)
        serve(&order);
    rt_wait_group_done(&shop->done);
}

void run_shop(void)
{
    struct shop shop = {.orders = rt_chan_new(sizeof(struct order), 16)};
    rt_wait_group_add(&shop.done, 2);
    rt_go(serve_orders, &shop);
    rt_go(serve_orders, &shop);
    struct order order;
    while (take_order(&order))
        rt_chan_send(shop.orders, &order);
    rt_chan_close(shop.orders);
    rt_wait_group_wait(&shop.done);
    rt_chan_free(shop.orders);
}
