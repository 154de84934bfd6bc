/* Wrong: it adds up before the tasks are done, and so most of the heat is missing. */
#include <stdlib.h>

#include "trio.h"

struct bean {
    int number;
    uint64_t heat;
};

static void warm(void *arg)
{
    struct bean *bean = arg;

    bean->heat = heat(bean->number);
}

uint64_t heat_all(int beans)
{
    struct bean *all = calloc((size_t)beans, sizeof *all);
    uint64_t sum = 0;

    for (int i = 0; i < beans; i++) {
        all[i].number = i;
        rt_go(warm, &all[i]);
    }
    for (int i = 0; i < beans; i++)
        sum += all[i].heat;
    return sum;
}

static uint64_t heat_in_turn(int beans)
{
    uint64_t sum = 0;

    for (int i = 0; i < beans; i++)
        sum += heat(i);
    return sum;
}

static struct measured measure(uint64_t (*work)(int beans), int beans, int procs)
{
    struct measured measured;
    int before = rt_procs(procs);
    int64_t start_ns = rt_now();

    measured.sum = work(beans);
    measured.took_ns = rt_now() - start_ns;
    rt_procs(before);
    return measured;
}

void benchmark(int beans, int procs, struct trio *trio)
{
    trio->sequential = measure(heat_in_turn, beans, 1);
    trio->concurrent = measure(heat_all, beans, 1);
    trio->parallel = measure(heat_all, beans, procs);
}
