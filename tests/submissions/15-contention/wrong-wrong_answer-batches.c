/* Wrong: a worker hands its hits over only when it has 64 of them. Fast, and the last ones are never
 * seen. */
#include "hits.h"

static rt_mutex lock;
static int64_t counts[PAGES]; /* guarded by `lock` */

#define BATCH 64

struct batch {
    _Alignas(LINE) int64_t counts[PAGES]; /* used by its worker only */
    int hits;
};

static struct batch batches[WORKERS_MOST];

void hits_open(int workers)
{
    (void)workers;
}

void hit(int worker, int page)
{
    struct batch *own = &batches[worker];

    own->counts[page]++;
    if (++own->hits < BATCH)
        return;
    rt_mutex_lock(&lock);
    for (int i = 0; i < PAGES; i++) {
        counts[i] += own->counts[i];
        own->counts[i] = 0;
    }
    rt_mutex_unlock(&lock);
    own->hits = 0;
}

int64_t hits(int page)
{
    rt_mutex_lock(&lock);
    int64_t count = counts[page];
    rt_mutex_unlock(&lock);
    return count;
}

void hits_close(void)
{
}
