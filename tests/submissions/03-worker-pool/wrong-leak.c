/* Wrong: all results arrive, but nobody closes `jobs`, so each worker waits for one more job for
 * ever. */
#include <stdlib.h>

#include "pool.h"

struct pool {
    const uint64_t *payments;
    rt_chan *jobs;    /* of int: indices */
    rt_chan *results; /* of struct result */
};

struct result {
    int index;
    uint64_t signature;
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
    struct pool *pool = calloc(1, sizeof *pool);
    struct result result;

    pool->payments = payments;
    pool->jobs = rt_chan_new(sizeof(int), (size_t)count);
    pool->results = rt_chan_new(sizeof(struct result), 0);
    for (int i = 0; i < workers; i++)
        rt_go(work, pool);
    for (int i = 0; i < count; i++)
        rt_chan_send(pool->jobs, &i);
    for (int i = 0; i < count; i++) {
        rt_chan_recv(pool->results, &result);
        signatures[result.index] = result.signature;
    }
}
