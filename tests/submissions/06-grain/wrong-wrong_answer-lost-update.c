/* Wrong: the chunks bring their sums to one total without a lock. Between reading the total and
 * writing it back others run, and what they add is lost. (The rt_yield makes sure that they run
 * just then; without it the sum would be wrong now and then, which is worse.) */
#include "takings.h"

struct till {
    uint64_t total;
    rt_wait_group done;
};

struct part {
    int64_t first, end;
    struct till *till;
};

static void add_up(void *arg)
{
    struct part *part = arg;
    uint64_t sum = 0, before;

    for (int64_t sale = part->first; sale < part->end; sale++)
        sum += cents(sale);
    before = part->till->total;
    rt_yield();
    part->till->total = before + sum;
    rt_wait_group_done(&part->till->done);
}

uint64_t total_takings(int64_t sales, int workers)
{
    static struct part parts[2 * RT_MAX_PROCS];
    struct till till = {0};
    int count = 2 * workers;

    rt_wait_group_add(&till.done, count);
    for (int i = 0; i < count; i++) {
        parts[i] = (struct part){sales * i / count, sales * (i + 1) / count, &till};
        rt_go(add_up, &parts[i]);
    }
    rt_wait_group_wait(&till.done);
    return till.total;
}
