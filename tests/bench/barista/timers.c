/* timers.c - very many tasks that sleep at once, 1 to 100 ms each. No runtime can be faster than
 * the longest sleep. */
#include <stdatomic.h>
#include <stdlib.h>

#include "barista.h"

struct sleeper {
    int64_t sleep_ns;
    rt_wait_group *all;
};

/* How many slept long enough. Relaxed: it is read when all have been waited for. */
static _Atomic(int64_t) slept;

static void sleep_once(void *arg)
{
    struct sleeper *me = arg;
    int64_t start_ns = bench_now_ns();
    rt_sleep(me->sleep_ns);
    if (bench_now_ns() - start_ns >= me->sleep_ns) {
        atomic_fetch_add_explicit(&slept, 1, memory_order_relaxed);
    }
    rt_wait_group_done(me->all);
}

int64_t run_timers(int64_t n)
{
    struct sleeper *sleepers = new_array(n, sizeof *sleepers);
    rt_wait_group all = {0};
    rt_wait_group_add(&all, n);
    for (int64_t i = 0; i < n; i++) {
        sleepers[i] = (struct sleeper){(1 + i % TIMERS_LONGEST_MS) * RT_MS, &all};
        start_task(sleep_once, &sleepers[i]);
    }
    rt_wait_group_wait(&all);
    free(sleepers);
    return atomic_load_explicit(&slept, memory_order_relaxed);
}
