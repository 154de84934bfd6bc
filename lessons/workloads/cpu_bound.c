/* cpu_bound.c - shrinks 512 pictures, which take 0.4 ms of computing each.
 *
 * Nothing waits, so on one proc there is nothing to overlap, and tasks win nothing. On N procs N of them
 * compute at a time. More tasks than procs would only stand in line: so there is one for each proc. */
#include <stdlib.h>

#include "workload.h"

#define PICTURES 512
#define SHRINKING_NS (400 * RT_US)

static uint64_t shrink(int picture)
{
    return compute((uint64_t)picture, SHRINKING_NS);
}

uint64_t sequential(void)
{
    uint64_t sum = 0;

    for (int picture = 0; picture < PICTURES; picture++)
        sum += shrink(picture);
    return sum;
}

struct worker {
    int first, step; /* takes the pictures first, first + step, first + 2 * step, ... */
    uint64_t sum;
    rt_wait_group *workers;
};

static void work(void *arg)
{
    struct worker *me = arg;
    uint64_t sum = 0;

    for (int picture = me->first; picture < PICTURES; picture += me->step)
        sum += shrink(picture);
    me->sum = sum;
    rt_wait_group_done(me->workers);
}

uint64_t concurrent(void)
{
    int procs = rt_procs(0);
    struct worker *crew = calloc((size_t)procs, sizeof *crew);
    rt_wait_group workers = {0};
    uint64_t sum = 0;

    rt_wait_group_add(&workers, procs);
    for (int i = 0; i < procs; i++) {
        crew[i] = (struct worker){.first = i, .step = procs, .workers = &workers};
        rt_go(work, &crew[i]);
    }
    rt_wait_group_wait(&workers);
    for (int i = 0; i < procs; i++)
        sum += crew[i].sum;
    free(crew);
    return sum;
}
