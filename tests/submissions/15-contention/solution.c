/* A right answer to lesson 15: counts of its own for each worker, atomic because hits() reads them.
 *
 * A worker's counts are written by that worker only. So it need not add in one step: it loads,
 * adds and stores, and nobody can come in between; no instruction has to lock the line. Relaxed is
 * enough for a number that nothing else hangs on. Whoever has been told that a hit is over, by a
 * channel or a wait group, finds it. */
#include <stdatomic.h>

#include "hits.h"

struct shard {
    _Alignas(LINE) _Atomic(int64_t) counts[PAGES]; /* written by its worker only */
};

static struct shard shards[WORKERS_MOST];
static int workers_count; /* set when it opens, and then only read */

void hits_open(int workers)
{
    workers_count = workers;
}

void hit(int worker, int page)
{
    _Atomic(int64_t) *count = &shards[worker].counts[page];
    int64_t before = atomic_load_explicit(count, memory_order_relaxed);

    atomic_store_explicit(count, before + 1, memory_order_relaxed);
}

int64_t hits(int page)
{
    int64_t sum = 0;

    for (int i = 0; i < workers_count; i++)
        sum += atomic_load_explicit(&shards[i].counts[page], memory_order_relaxed);
    return sum;
}

void hits_close(void)
{
}
