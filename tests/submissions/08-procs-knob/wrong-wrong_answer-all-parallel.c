/* Wrong: the concurrent measurement runs at as many procs as there were. It shows what tasks and procs gain
 * together, and nobody can tell the two apart. */
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
    trio->concurrent = measure(heat_all, beans, 0);
    trio->parallel = measure(heat_all, beans, procs);
}
