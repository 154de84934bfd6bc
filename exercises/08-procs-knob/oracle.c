/* oracle.c - the expected answer of lesson 08, by sequential code. For the records of the harness there
 * is a task for each bean, as asked, but each of them is waited for before the next one starts. */
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

static uint64_t one_task_at_a_time(int beans)
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

uint64_t heat_all(int beans)
{
    uint64_t sum = 0;

    for (int i = 0; i < beans; i++)
        sum += heat(i);
    return sum;
}

static struct measured measure(int beans, int procs, uint64_t (*sum_of)(int beans))
{
    int before = rt_procs(procs);
    int64_t start_ns = rt_now();
    uint64_t sum = sum_of(beans);
    int64_t took_ns = rt_now() - start_ns;

    rt_procs(before);
    return (struct measured){sum, took_ns};
}

void benchmark(int beans, int procs, struct trio *trio)
{
    trio->sequential = measure(beans, 0, heat_all);
    trio->concurrent = measure(beans, 1, one_task_at_a_time);
    trio->parallel = measure(beans, procs, one_task_at_a_time);
}
