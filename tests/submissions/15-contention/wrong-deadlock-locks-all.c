/* Wrong: hits() takes all locks for one moment of truth, and gives back all but one. */
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

    for (int i = 0; i < workers_count; i++)
        rt_mutex_lock(&shards[i].lock);
    for (int i = 0; i < workers_count; i++)
        sum += shards[i].counts[page];
    for (int i = 1; i < workers_count; i++)
        rt_mutex_unlock(&shards[i].lock);
    return sum;
}

void hits_close(void)
{
}
