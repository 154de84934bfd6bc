/* A right answer to lesson 08 in which the beans send their heat over a channel. With room for all of
 * them no task waits for the one that adds up. */
#include "trio.h"

struct bean {
    int number;
    rt_chan *heats;
};

static void warm(void *arg)
{
    struct bean bean = *(struct bean *)arg;
    uint64_t result = heat(bean.number);

    rt_chan_send(bean.heats, &result);
}

uint64_t heat_all(int beans)
{
    struct bean all[beans];
    rt_chan *heats = rt_chan_new(sizeof(uint64_t), (size_t)beans);
    uint64_t sum = 0, one;

    for (int i = 0; i < beans; i++) {
        all[i] = (struct bean){i, heats};
        rt_go(warm, &all[i]);
    }
    for (int i = 0; i < beans; i++) {
        rt_chan_recv(heats, &one);
        sum += one;
    }
    rt_chan_free(heats);
    return sum;
}

void benchmark(int beans, int procs, struct trio *trio)
{
    uint64_t sum = 0;
    int64_t start_ns = rt_now();

    for (int i = 0; i < beans; i++)
        sum += heat(i);
    trio->sequential = (struct measured){sum, rt_now() - start_ns};

    int before = rt_procs(1);
    start_ns = rt_now();
    sum = heat_all(beans);
    trio->concurrent = (struct measured){sum, rt_now() - start_ns};

    rt_procs(procs);
    start_ns = rt_now();
    sum = heat_all(beans);
    trio->parallel = (struct measured){sum, rt_now() - start_ns};
    rt_procs(before);
}
