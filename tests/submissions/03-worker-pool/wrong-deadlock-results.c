/* Wrong: the main task sends all jobs before it receives the first result. Soon every worker waits
 * to hand over a result, and the main task waits for a worker to take a job. */
#include "pool.h"

struct result {
    int index;
    uint64_t signature;
};

struct pool {
    const uint64_t *payments;
    rt_chan *jobs;    /* of int: indices */
    rt_chan *results; /* of struct result */
};

static void work(void *arg)
{
    struct pool *pool = arg;
    int i;

    while (rt_chan_recv(pool->jobs, &i) == RT_OK) {
        struct result result = {i, sign(pool->payments[i])};
        rt_chan_send(pool->results, &result);
    }
}

void sign_all(const uint64_t *payments, uint64_t *signatures, int count, int workers)
{
    struct pool pool = {
        .payments = payments,
        .jobs = rt_chan_new(sizeof(int), 0),
        .results = rt_chan_new(sizeof(struct result), 0),
    };
    struct result result;

    for (int i = 0; i < workers; i++)
        rt_go(work, &pool);
    for (int i = 0; i < count; i++)
        rt_chan_send(pool.jobs, &i);
    rt_chan_close(pool.jobs);
    for (int i = 0; i < count; i++) {
        rt_chan_recv(pool.results, &result);
        signatures[result.index] = result.signature;
    }
}
