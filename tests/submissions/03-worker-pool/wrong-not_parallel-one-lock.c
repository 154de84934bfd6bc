/* Wrong: there is a pool, but each worker holds the lock while it signs. One signs, the others
 * wait. */
#include "pool.h"

struct pool {
    const uint64_t *payments;
    uint64_t *signatures;
    int count;
    int next;
    rt_mutex lock;
    rt_wait_group workers;
};

static void work(void *arg)
{
    struct pool *pool = arg;
    bool more = true;

    while (more) {
        rt_mutex_lock(&pool->lock);
        more = pool->next < pool->count;
        if (more) {
            pool->signatures[pool->next] = sign(pool->payments[pool->next]);
            pool->next++;
        }
        rt_mutex_unlock(&pool->lock);
    }
    rt_wait_group_done(&pool->workers);
}

void sign_all(const uint64_t *payments, uint64_t *signatures, int count, int workers)
{
    struct pool pool = {.payments = payments, .signatures = signatures, .count = count};

    rt_wait_group_add(&pool.workers, workers);
    for (int i = 0; i < workers; i++)
        rt_go(work, &pool);
    rt_wait_group_wait(&pool.workers);
}
