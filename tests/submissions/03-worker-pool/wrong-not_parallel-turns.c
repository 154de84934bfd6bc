/* Wrong: the pool hands out one job and waits for its result before it hands out the next. There
 * are tasks, channels and workers, and never more than one of them is at work. */
#include "pool.h"

struct pool {
    const uint64_t *payments;
    rt_chan *jobs;    /* of int: indices */
    rt_chan *results; /* of uint64_t */
    rt_wait_group workers;
};

static void work(void *arg)
{
    struct pool *pool = arg;
    int i;

    while (rt_chan_recv(pool->jobs, &i) == RT_OK) {
        uint64_t signature = sign(pool->payments[i]);
        rt_chan_send(pool->results, &signature);
    }
    rt_wait_group_done(&pool->workers);
}

void sign_all(const uint64_t *payments, uint64_t *signatures, int count, int workers)
{
    struct pool pool = {
        .payments = payments,
        .jobs = rt_chan_new(sizeof(int), 0),
        .results = rt_chan_new(sizeof(uint64_t), 0),
    };

    rt_wait_group_add(&pool.workers, workers);
    for (int i = 0; i < workers; i++)
        rt_go(work, &pool);
    for (int i = 0; i < count; i++) {
        rt_chan_send(pool.jobs, &i);
        rt_chan_recv(pool.results, &signatures[i]);
    }
    rt_chan_close(pool.jobs);
    rt_wait_group_wait(&pool.workers);
    rt_chan_free(pool.results);
    rt_chan_free(pool.jobs);
}
