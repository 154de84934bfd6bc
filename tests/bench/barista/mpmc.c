/* mpmc.c - many producers and many consumers on one buffered channel. */
#include "barista.h"

struct market {
    rt_chan *values;
    rt_wait_group producers, consumers;
};

struct producer {
    struct market *market;
    int64_t first, count; /* produces every MPMC_PRODUCERS-th value below count, from first on */
};

struct consumer {
    struct market *market;
    int64_t sum;
};

static void produce(void *arg)
{
    struct producer *me = arg;
    for (int64_t i = me->first; i < me->count; i += MPMC_PRODUCERS) {
        rt_chan_send(me->market->values, &i);
    }
    rt_wait_group_done(&me->market->producers);
}

static void consume(void *arg)
{
    struct consumer *me = arg;
    int64_t value, sum = 0;
    while (rt_chan_recv(me->market->values, &value) == RT_OK) {
        sum += value;
    }
    me->sum = sum;
    rt_wait_group_done(&me->market->consumers);
}

int64_t run_mpmc(int64_t n)
{
    struct market market = {.values = new_chan(sizeof(int64_t), MPMC_CAPACITY)};
    struct producer producers[MPMC_PRODUCERS];
    struct consumer consumers[MPMC_CONSUMERS];
    rt_wait_group_add(&market.producers, MPMC_PRODUCERS);
    rt_wait_group_add(&market.consumers, MPMC_CONSUMERS);
    for (int i = 0; i < MPMC_PRODUCERS; i++) {
        producers[i] = (struct producer){&market, i, n};
        start_task(produce, &producers[i]);
    }
    for (int i = 0; i < MPMC_CONSUMERS; i++) {
        consumers[i] = (struct consumer){&market, 0};
        start_task(consume, &consumers[i]);
    }
    rt_wait_group_wait(&market.producers);
    rt_chan_close(market.values);
    rt_wait_group_wait(&market.consumers);

    int64_t sum = 0;
    for (int i = 0; i < MPMC_CONSUMERS; i++) {
        sum += consumers[i].sum;
    }
    rt_chan_free(market.values);
    return sum;
}
