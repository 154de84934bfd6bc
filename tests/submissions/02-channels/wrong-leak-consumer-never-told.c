/* The caller counts the served drinks and returns when there are as many as orders, so the answer
 * is right. But nobody closes the channel: the consumer waits for the next order for ever. */
#include "shop.h"

struct shop {
    rt_chan *orders, *served;
};

static void serve_orders(void *arg)
{
    struct shop *shop = arg;
    struct order order;
    while (rt_chan_recv(shop->orders, &order) == RT_OK) {
        serve(&order);
        rt_chan_send(shop->served, NULL);
    }
}

void run_shop(void)
{
    static struct shop shop;
    shop = (struct shop){rt_chan_new(sizeof(struct order), 0), rt_chan_new(0, 1000)};
    rt_go(serve_orders, &shop);
    struct order order;
    int orders_taken = 0;
    while (take_order(&order)) {
        rt_chan_send(shop.orders, &order);
        orders_taken++;
    }
    for (int i = 0; i < orders_taken; i++)
        rt_chan_recv(shop.served, NULL);
}
