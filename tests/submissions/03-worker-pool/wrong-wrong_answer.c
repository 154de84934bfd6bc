/* Wrong: the main task does not wait for the workers. When the last job is handed over, and this
 * returns, that job is not done yet. */
#include <stdlib.h>

#include "pool.h"

struct pool {
    const uint64_t *payments;
    uint64_t *signatures;
    rt_chan *jobs; /* of int: indices; room for all */
};

static void work(void *arg)
{
    struct pool *pool = arg;
    int i;

    while (rt_chan_recv(pool->jobs, &i) == RT_OK)
        pool->signatures[i] = sign(pool->payments[i]);
}

void sign_all(const uint64_t *payments, uint64_t *signatures, int count, int workers)
{
    struct pool *pool = malloc(sizeof *pool);

    *pool = (struct pool){payments, signatures, rt_chan_new(sizeof(int), (size_t)count)};
    for (int i = 0; i < workers; i++)
        rt_go(work, pool);
    for (int i = 0; i < count; i++)
        rt_chan_send(pool->jobs, &i);
    rt_chan_close(pool->jobs);
}
