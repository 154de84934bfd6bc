/* Wrong: the clock is started once, and read three times. The parallel time holds those of the other two. */
#include <stdlib.h>

#include "trio.h"

struct bean {
    int number;
    uint64_t heat;
    rt_wait_group *done;
};

static void warm(void *arg)
{
    struct bean *bean = arg;

    bean->heat = heat(bean->number);
    rt_wait_group_done(bean->done);
}

uint64_t heat_all(int beans)
{
    struct bean *all = malloc((size_t)beans * sizeof *all);
    rt_wait_group done = {0};
    uint64_t sum = 0;

    rt_wait_group_add(&done, beans);
    for (int i = 0; i < beans; i++) {
        all[i] = (struct bean){.number = i, .done = &done};
        rt_go(warm, &all[i]);
    }
    rt_wait_group_wait(&done);
    for (int i = 0; i < beans; i++)
        sum += all[i].heat;
    free(all);
    return sum;
}

static uint64_t heat_in_turn(int beans)
{
    uint64_t sum = 0;

    for (int i = 0; i < beans; i++)
        sum += heat(i);
    return sum;
}

void benchmark(int beans, int procs, struct trio *trio)
{
    int before = rt_procs(0);
    int64_t start_ns = rt_now();

    trio->sequential.sum = heat_in_turn(beans);
    trio->sequential.took_ns = rt_now() - start_ns;
    rt_procs(1);
    trio->concurrent.sum = heat_all(beans);
    trio->concurrent.took_ns = rt_now() - start_ns;
    rt_procs(procs);
    trio->parallel.sum = heat_all(beans);
    trio->parallel.took_ns = rt_now() - start_ns;
    rt_procs(before);
}
