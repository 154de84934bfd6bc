/* Wrong: the parts are right, but there is one total, and a lock around each sale. While one worker
 * looks at a sale, the others wait for the lock. */
#include "takings.h"

struct till {
    rt_mutex lock;
    uint64_t total; /* `lock` guards it */
    rt_wait_group done;
};

struct part {
    int64_t first, end;
    struct till *till;
};

static void add_up(void *arg)
{
    struct part *part = arg;
    struct till *till = part->till;

    for (int64_t sale = part->first; sale < part->end; sale++) {
        rt_mutex_lock(&till->lock);
        till->total += cents(sale);
        rt_mutex_unlock(&till->lock);
    }
    rt_wait_group_done(&till->done);
}

uint64_t total_takings(int64_t sales, int workers)
{
    struct part parts[RT_MAX_PROCS];
    struct till till = {0};

    rt_wait_group_add(&till.done, workers);
    for (int i = 0; i < workers; i++) {
        parts[i] = (struct part){sales * i / workers, sales * (i + 1) / workers, &till};
        rt_go(add_up, &parts[i]);
    }
    rt_wait_group_wait(&till.done);
    return till.total;
}
