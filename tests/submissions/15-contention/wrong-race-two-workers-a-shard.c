/* Wrong: two workers share counts, without a lock: half as many shards, and each has two writers. */
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
    shards[worker / 2].counts[page]++;
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
