/* oracle.c - the expected answer of lesson 15. It runs on one proc, where tasks take turns of some
 * 10 ms: the counts are atomic only for the moment of the change, and need no locked instruction,
 * so they cost what plain ones do. A turn that ends just between load and store is avoided by
 * giving each worker counts of its own. */
#include <stdatomic.h>

#include "hits.h"

static int workers_count;
static _Atomic(int64_t) counts[WORKERS_MOST][PAGES];

void hits_open(int workers)
{
    workers_count = workers;
}

void hit(int worker, int page)
{
    _Atomic(int64_t) *count = &counts[worker][page];

    atomic_store_explicit(count, atomic_load_explicit(count, memory_order_relaxed) + 1,
                          memory_order_relaxed);
}

int64_t hits(int page)
{
    int64_t sum = 0;

    for (int i = 0; i < workers_count; i++)
        sum += atomic_load_explicit(&counts[i][page], memory_order_relaxed);
    return sum;
}

void hits_close(void)
{
}
