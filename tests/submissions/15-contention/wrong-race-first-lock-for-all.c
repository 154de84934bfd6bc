/* Wrong: hits() takes the lock of the first worker while it reads the counts of all. */
#include "hits.h"

struct shard {
    _Alignas(LINE) rt_mutex lock;
    int64_t counts[PAGES]; /* guarded by `lock` */
};

static struct shard shards[WORKERS_MOST];
static int workers_count; /* set when it opens, and then only read */

void hits_open(int workers)
{
    workers_count = workers;
}

void hit(int worker, int page)
{
    struct shard *own = &shards[worker];

    rt_mutex_lock(&own->lock);
    own->counts[page]++;
    rt_mutex_unlock(&own->lock);
}

int64_t hits(int page)
{
    int64_t sum = 0;

    rt_mutex_lock(&shards[0].lock);
    for (int i = 0; i < workers_count; i++)
        sum += shards[i].counts[page];
    rt_mutex_unlock(&shards[0].lock);
    return sum;
}

void hits_close(void)
{
}
