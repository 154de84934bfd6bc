/* Wrong: it waits until all workers are done, and receives their sums then. But a worker is not
 * done before its sum has been received. */
#include "takings.h"

struct part {
    int64_t first, end;
    rt_chan *sums; /* of uint64_t; one from each worker */
    rt_wait_group *done;
};

static void add_up(void *arg)
{
    struct part *part = arg;
    uint64_t sum = 0;

    for (int64_t sale = part->first; sale < part->end; sale++)
        sum += cents(sale);
    rt_chan_send(part->sums, &sum);
    rt_wait_group_done(part->done);
}

uint64_t total_takings(int64_t sales, int workers)
{
    struct part parts[RT_MAX_PROCS];
    rt_chan *sums = rt_chan_new(sizeof(uint64_t), 0);
    rt_wait_group done = {0};
    uint64_t total = 0, sum;

    rt_wait_group_add(&done, workers);
    for (int i = 0; i < workers; i++) {
        parts[i] = (struct part){sales * i / workers, sales * (i + 1) / workers, sums, &done};
        rt_go(add_up, &parts[i]);
    }
    rt_wait_group_wait(&done);
    for (int i = 0; i < workers; i++) {
        rt_chan_recv(sums, &sum);
        total += sum;
    }
    rt_chan_free(sums);
    return total;
}
