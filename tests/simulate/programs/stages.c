/* A pipeline of four stages that cost 1 : 4 : 2 : 1, with small buffers: half of all work is in one stage, so
 * two procs can be kept busy, and no more. */
#include "program.h"

#define STAGES 4

static const int64_t cost[STAGES] = {5000, 20000, 10000, 5000};
static rt_chan *ends[STAGES + 1];

static void stage(void *arg)
{
    int number = (int)(intptr_t)arg;
    uint64_t item;
    while (rt_chan_recv(ends[number], &item) == RT_OK) {
        item = chain(item, cost[number]);
        rt_chan_send(ends[number + 1], &item);
    }
    rt_chan_close(ends[number + 1]);
}

static void source(void *arg)
{
    for (uint64_t item = 0; item < *(uint64_t *)arg; item++) {
        rt_chan_send(ends[0], &item);
    }
    rt_chan_close(ends[0]);
}

uint64_t program(int percent)
{
    uint64_t items = 40 * (uint64_t)percent, item, check = 0;
    for (int i = 0; i <= STAGES; i++) {
        ends[i] = rt_chan_new(sizeof item, 4);
    }
    for (intptr_t i = 0; i < STAGES; i++) {
        rt_go(stage, (void *)i);
    }
    rt_go(source, &items);
    while (rt_chan_recv(ends[STAGES], &item) == RT_OK) {
        check += item;
    }
    for (int i = 0; i <= STAGES; i++) {
        rt_chan_free(ends[i]);
    }
    return check;
}
