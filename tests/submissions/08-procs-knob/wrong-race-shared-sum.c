/* Wrong: all tasks add to one sum, without a lock. The additions are so short, and so far apart, that the sum
 * is nearly always right. */
#include <stdlib.h>

#include "trio.h"

struct job {
    uint64_t sum;
    rt_wait_group done;
};

struct bean {
    int number;
    struct job *job;
};

static void warm(void *arg)
{
    struct bean *bean = arg;

    uint64_t result = heat(bean->number);

    bean->job->sum += result;
    rt_wait_group_done(&bean->job->done);
}

uint64_t heat_all(int beans)
{
    struct bean *all = malloc((size_t)beans * sizeof *all);
    struct job job = {0};

    rt_wait_group_add(&job.done, beans);
    for (int i = 0; i < beans; i++) {
        all[i] = (struct bean){i, &job};
        rt_go(warm, &all[i]);
    }
    rt_wait_group_wait(&job.done);
    free(all);
    return job.sum;
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
