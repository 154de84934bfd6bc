/* Sends on an unbuffered channel with no other task there to receive: the first send waits for
 * ever. */
#include "shop.h"

void run_shop(void)
{
    rt_chan *orders = rt_chan_new(sizeof(struct order), 0);
    struct order order;
    while (take_order(&order))
        rt_chan_send(orders, &order);
    rt_chan_close(orders);
    while (rt_chan_recv(orders, &order) == RT_OK)
        serve(&order);
    rt_chan_free(orders);
}
