/* Wrong: at procs=1 it adds up three times, so that procs=N looks fast beside it. */
#include "takings.h"

struct part {
    int64_t first, end;
    int times; /* how often it is added up */
    uint64_t sum;
    rt_wait_group *done;
};

static void add_up(void *arg)
{
    struct part *part = arg;

    for (int k = 0; k < part->times; k++) {
        uint64_t sum = 0;
        for (int64_t sale = part->first; sale < part->end; sale++)
            sum += cents(sale);
        part->sum = sum;
    }
    rt_wait_group_done(part->done);
}

uint64_t total_takings(int64_t sales, int workers)
{
    struct part parts[RT_MAX_PROCS];
    rt_wait_group done = {0};
    uint64_t total = 0;
    int times = rt_procs(0) == 1 ? 3 : 1;

    rt_wait_group_add(&done, workers);
    for (int i = 0; i < workers; i++) {
        parts[i] = (struct part){sales * i / workers, sales * (i + 1) / workers, times, 0, &done};
        rt_go(add_up, &parts[i]);
    }
    rt_wait_group_wait(&done);
    for (int i = 0; i < workers; i++)
        total += parts[i].sum;
    return total;
}
