/* Wrong: each worker has counts of its own, which only it writes. But hits() reads them at the same
 * time, and one write is enough for a race. */
#include "hits.h"

struct shard {
    _Alignas(LINE) int64_t counts[PAGES];
};

static struct shard shards[WORKERS_MOST];
static int workers_count;

void hits_open(int workers)
{
    workers_count = workers;
}

void hit(int worker, int page)
{
    shards[worker].counts[page]++;
}

int64_t hits(int page)
{
    int64_t sum = 0;

    for (int i = 0; i < workers_count; i++)
        sum += shards[i].counts[page];
    return sum;
}

void hits_close(void)
{
}
