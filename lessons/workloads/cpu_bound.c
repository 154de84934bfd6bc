/* cpu_bound.c - shrinks 512 pictures, which take 0.4 ms of computing each.
 *
 * Nothing waits, so on one proc there is nothing to overlap, and tasks win nothing. On N procs N of
 * them compute at a time. More tasks than procs would only stand in line: so there is one for each
 * proc, which takes the next picture when it is done with one. */
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

struct pool {
    rt_chan *pictures; /* of int: those that nobody has taken */
    rt_mutex lock;     /* protects the sum */
    uint64_t sum;
    rt_wait_group workers;
};

static void work(void *arg)
{
    struct pool *pool = arg;
    uint64_t sum = 0;
    int picture;

    while (rt_chan_recv(pool->pictures, &picture) == RT_OK)
        sum += shrink(picture);
    rt_mutex_lock(&pool->lock);
    pool->sum += sum;
    rt_mutex_unlock(&pool->lock);
    rt_wait_group_done(&pool->workers);
}

uint64_t concurrent(void)
{
    struct pool pool = {.pictures = rt_chan_new(sizeof(int), PICTURES)};
    int procs = rt_procs(0);

    for (int picture = 0; picture < PICTURES; picture++)
        rt_chan_send(pool.pictures, &picture);
    rt_chan_close(pool.pictures);
    rt_wait_group_add(&pool.workers, procs);
    for (int i = 0; i < procs; i++)
        rt_go(work, &pool);
    rt_wait_group_wait(&pool.workers);
    rt_chan_free(pool.pictures);
    return pool.sum;
}
