/* A relaxed flag as a hint to stop early. It orders nothing and guards nothing: what was counted goes over a
 * channel. */
/* expect: none */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static _Atomic(bool) stop;
static rt_chan *counts;

static void count(void *arg)
{
    int counted = 0;

    (void)arg;
    while (counted < 5 && !atomic_load_explicit(&stop, memory_order_relaxed)) {
        counted++;
        rt_yield();
    }
    rt_chan_send(counts, &counted);
}

static void main_task(void *arg)
{
    int counted;

    (void)arg;
    counts = rt_chan_new(sizeof(int), 0);
    rt_go(count, NULL);
    rt_yield();
    atomic_store_explicit(&stop, true, memory_order_relaxed);
    rt_chan_recv(counts, &counted);
    if (counted > 5)
        abort();
    rt_chan_free(counts);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
