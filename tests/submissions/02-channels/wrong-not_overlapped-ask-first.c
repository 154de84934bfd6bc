/* Two tasks and two channels: the producer waits for leave before it takes the next order, and gets
 * it only when the drink before has been served. One is always idle. */
#include "shop.h"

struct shop {
    rt_chan *orders, *next_please;
};

static void take_orders(void *arg)
{
    struct shop *shop = arg;
    struct order order;
    while (take_order(&order)) {
        rt_chan_send(shop->orders, &order);
        rt_chan_recv(shop->next_please, NULL);
    }
    rt_chan_close(shop->orders);
}

void run_shop(void)
{
    struct shop shop = {rt_chan_new(sizeof(struct order), 0), rt_chan_new(0, 0)};
    rt_go(take_orders, &shop);
    struct order order;
    while (rt_chan_recv(shop.orders, &order) == RT_OK) {
        serve(&order);
        rt_chan_send(shop.next_please, NULL);
    }
    rt_chan_free(shop.orders);
    rt_chan_free(shop.next_please);
}
