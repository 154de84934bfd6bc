/* demo.c - lesson 02: a coffee shop with one barista, with two and a channel, and with a buffer.
 *
 * Run it with `make demo LESSON=02`. procs is 1 all the time: what is won is won by waiting for two
 * things at once. Digits are orders: at the counter when it has been taken, at the machine when the
 * drink is ready. */
#include <stdio.h>

#include "figure.h"
#include "rt.h"
#include "timeline.h"

#define ORDERS 6

/* A customer takes 10 ms to make up his mind; a cappuccino takes 18 ms, a tea 2 ms, and they come
 * in turns. So on average the machine is as busy as the counter, but not at every moment. */
#define TAKE_NS (10 * RT_MS)
#define CAPPUCCINO_NS (18 * RT_MS)
#define TEA_NS (2 * RT_MS)

struct shop {
    struct timeline_row *counter, *machine;
    rt_chan *orders;
};

static void take_order(struct shop *shop, int number)
{
    timeline_wait(shop->counter, "asks");
    rt_sleep(TAKE_NS);
    timeline_run(shop->counter);
    timeline_mark(shop->counter, (char)('0' + number));
}

static void serve(struct shop *shop, int number)
{
    timeline_wait(shop->machine, "brews");
    rt_sleep(number % 2 == 1 ? CAPPUCCINO_NS : TEA_NS);
    timeline_run(shop->machine);
    timeline_mark(shop->machine, (char)('0' + number));
}

/* One barista does both. */
static void alone(struct shop *shop)
{
    for (int number = 1; number <= ORDERS; number++) {
        take_order(shop, number);
        timeline_block(shop->counter, NULL);
        serve(shop, number);
        timeline_block(shop->machine, NULL);
    }
    timeline_end(shop->counter);
    timeline_end(shop->machine);
}

/* The producer's task. */
static void take_orders(void *arg)
{
    struct shop *shop = arg;
    for (int number = 1; number <= ORDERS; number++) {
        take_order(shop, number);
        timeline_block(shop->counter, "full");
        rt_chan_send(shop->orders, &number);
    }
    timeline_end(shop->counter);
    rt_chan_close(shop->orders);
}

/* The consumer: ends when the channel is closed and drained. */
static void serve_orders(struct shop *shop)
{
    int number;
    timeline_block(shop->machine, "empty");
    while (rt_chan_recv(shop->orders, &number) == RT_OK) {
        serve(shop, number);
        timeline_block(shop->machine, "empty");
    }
    timeline_end(shop->machine);
}

/* A day of the shop with a channel of that capacity, or without one (-1). */
static int64_t show(const char *title, int capacity, int64_t span_ns)
{
    struct timeline *timeline = timeline_new("%s", title);
    struct shop shop = {timeline_row(timeline, "counter"), timeline_row(timeline, "machine"), NULL};
    if (capacity < 0) {
        alone(&shop);
    } else {
        shop.orders = rt_chan_new(sizeof(int), (size_t)capacity);
        rt_go(take_orders, &shop);
        serve_orders(&shop);
        rt_chan_free(shop.orders);
    }
    timeline_draw(timeline, stdout, span_ns);
    span_ns = timeline_span_ns(timeline);
    timeline_free(timeline);
    printf("\n");
    return span_ns;
}

static void main_task(void *arg)
{
    (void)arg;
    int64_t alone_ns = show("one barista does both", -1, 0);
    int64_t unbuffered_ns = show("two tasks, unbuffered channel", 0, alone_ns);
    int64_t buffered_ns = show("two tasks, a channel that buffers 3 orders", 3, alone_ns);
    figure("alone_ms", (double)alone_ns / RT_MS);
    figure("unbuffered_ms", (double)unbuffered_ns / RT_MS);
    figure("buffered_ms", (double)buffered_ns / RT_MS);
}

int main(void)
{
    rt_procs(1);
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
