/* Wrong: each task is waited for before the next one is started. There are tasks, and there is no concurrency. */
#include "trio.h"

struct bean {
    int number;
    uint64_t heat;
    rt_wait_group done;
};

static void warm(void *arg)
{
    struct bean *bean = arg;

    bean->heat = heat(bean->number);
    rt_wait_group_done(&bean->done);
}

uint64_t heat_all(int beans)
{
    uint64_t sum = 0;

    for (int i = 0; i < beans; i++) {
        struct bean bean = {.number = i};
        rt_wait_group_add(&bean.done, 1);
        rt_go(warm, &bean);
        rt_wait_group_wait(&bean.done);
        sum += bean.heat;
    }
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
