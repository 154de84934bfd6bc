/* Wrong: `<=` where `<` belongs. The last sale of each part is the first one of the next, and is
 * counted in both. */
#include "takings.h"

struct part {
    int64_t first, last;
    uint64_t sum;
    rt_wait_group *done;
};

static void add_up(void *arg)
{
    struct part *part = arg;

    for (int64_t sale = part->first; sale <= part->last; sale++)
        part->sum += cents(sale);
    rt_wait_group_done(part->done);
}

uint64_t total_takings(int64_t sales, int workers)
{
    struct part parts[RT_MAX_PROCS];
    rt_wait_group done = {0};
    uint64_t total = 0;

    rt_wait_group_add(&done, workers);
    for (int i = 0; i < workers; i++) {
        parts[i] = (struct part){sales * i / workers, sales * (i + 1) / workers, 0, &done};
        rt_go(add_up, &parts[i]);
    }
    rt_wait_group_wait(&done);
    for (int i = 0; i < workers; i++)
        total += parts[i].sum;
    return total;
}
