/* Wrong: nobody closes `jobs`. The workers wait for the next job, the main task waits for the
 * workers, and nobody is left who could wake either. */
#include "pool.h"

struct pool {
    const uint64_t *payments;
    uint64_t *signatures;
    rt_chan *jobs; /* of int: indices */
    rt_wait_group workers;
};

static void work(void *arg)
{
    struct pool *pool = arg;
    int i;

    while (rt_chan_recv(pool->jobs, &i) == RT_OK)
        pool->signatures[i] = sign(pool->payments[i]);
    rt_wait_group_done(&pool->workers);
}

void sign_all(const uint64_t *payments, uint64_t *signatures, int count, int workers)
{
    struct pool pool = {
        .payments = payments,
        .signatures = signatures,
        .jobs = rt_chan_new(sizeof(int), 0),
    };

    rt_wait_group_add(&pool.workers, workers);
    for (int i = 0; i < workers; i++)
        rt_go(work, &pool);
    for (int i = 0; i < count; i++)
        rt_chan_send(pool.jobs, &i);
    rt_wait_group_wait(&pool.workers);
    rt_chan_free(pool.jobs);
}
