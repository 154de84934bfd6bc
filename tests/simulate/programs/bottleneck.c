/* A pipeline of three stages, unbuffered, of which the middle one has four fifths of the work: the speedup is
 * bounded at 1.25. */
#include "program.h"

static rt_chan *raw, *cooked;

static void cook(void *arg)
{
    uint64_t item;
    (void)arg;
    while (rt_chan_recv(raw, &item) == RT_OK) {
        item = chain(item, 80000);
        rt_chan_send(cooked, &item);
    }
    rt_chan_close(cooked);
}

static void gather(void *arg)
{
    for (uint64_t i = 0; i < *(uint64_t *)arg; i++) {
        uint64_t item = chain(i, 10000);
        rt_chan_send(raw, &item);
    }
    rt_chan_close(raw);
}

uint64_t program(int percent)
{
    uint64_t items = 15 * (uint64_t)percent, item, check = 0;
    raw = rt_chan_new(sizeof item, 0);
    cooked = rt_chan_new(sizeof item, 0);
    rt_go(gather, &items);
    rt_go(cook, NULL);
    while (rt_chan_recv(cooked, &item) == RT_OK) {
        check += chain(item, 10000);
    }
    rt_chan_free(raw);
    rt_chan_free(cooked);
    return check;
}
