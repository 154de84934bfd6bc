/* parked.c - very many tasks wait for a channel; then each is sent one value.
 *
 * bytes_each is by how much the process grew for each task, from before the first was started until
 * all waited: memory and page tables. wake_ns is from the first send until the last task has ended,
 * divided by their number. */
#include <stdatomic.h>

#include "barista.h"

/* Relaxed throughout: the counters are read again when all tasks have been waited for. */
static _Atomic(int64_t) arrived;
static _Atomic(int64_t) sum;
static rt_chan *gate;
static rt_wait_group all;

static void wait_for_a_value(void *arg)
{
    (void)arg;
    int64_t value;
    atomic_fetch_add_explicit(&arrived, 1, memory_order_relaxed);
    if (rt_chan_recv(gate, &value) == RT_OK) {
        atomic_fetch_add_explicit(&sum, value, memory_order_relaxed);
    }
    rt_wait_group_done(&all);
}

static int64_t memory_kb(void)
{
    return bench_status_kb("VmRSS") + bench_status_kb("VmPTE");
}

int64_t run_parked(int64_t n)
{
    int64_t before_kb = memory_kb();
    gate = new_chan(sizeof(int64_t), 0);
    rt_wait_group_add(&all, n);
    for (int64_t i = 0; i < n; i++) {
        start_task(wait_for_a_value, NULL);
    }
    while (atomic_load_explicit(&arrived, memory_order_relaxed) < n) {
        rt_yield();
    }
    bench_note("bytes_each", (double)(memory_kb() - before_kb) * 1024 / (double)n);

    int64_t start_ns = bench_now_ns();
    for (int64_t i = 0; i < n; i++) {
        rt_chan_send(gate, &i);
    }
    rt_wait_group_wait(&all);
    bench_note("wake_ns", (double)(bench_now_ns() - start_ns) / (double)n);
    rt_chan_free(gate);
    return atomic_load_explicit(&sum, memory_order_relaxed);
}
