/* Wrong: each part brings its sum to one total, once, without a lock. In a run the two hardly ever meet, so the
 * answer is right; nothing makes sure of it. */
#include "takings.h"

struct part {
    int64_t first, end;
    uint64_t *total;
    rt_wait_group *done;
};

static void add_up(void *arg)
{
    struct part *part = arg;
    uint64_t sum = 0;

    for (int64_t sale = part->first; sale < part->end; sale++)
        sum += cents(sale);
    *part->total += sum;
    rt_wait_group_done(part->done);
}

uint64_t total_takings(int64_t sales, int workers)
{
    struct part parts[RT_MAX_PROCS];
    rt_wait_group done = {0};
    uint64_t total = 0;

    rt_wait_group_add(&done, workers);
    for (int i = 0; i < workers; i++) {
        parts[i] = (struct part){sales * i / workers, sales * (i + 1) / workers, &total, &done};
        rt_go(add_up, &parts[i]);
    }
    rt_wait_group_wait(&done);
    return total;
}
