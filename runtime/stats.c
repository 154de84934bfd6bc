/* stats.c - rt_stats: counters of what the scheduler did. Each proc counts for itself; the sum is
 * taken here. */
#include "rt.h"
#include "worker.h"

static void add_proc(struct rt_stats *stats, struct rt__proc *proc)
{
    stats->tasks_started += atomic_load_explicit(&proc->spawned, memory_order_relaxed);
    stats->tasks_ended += atomic_load_explicit(&proc->finished, memory_order_relaxed);
    stats->switches += atomic_load_explicit(&proc->switches, memory_order_relaxed);
    stats->steals += atomic_load_explicit(&proc->steals, memory_order_relaxed);
    for (int wait = 0; wait < RT__WAITS_COUNT; wait++) {
        stats->parks[wait] += atomic_load_explicit(&proc->parks[wait], memory_order_relaxed);
    }
}

void rt_stats_get(struct rt_stats *stats)
{
    *stats = (struct rt_stats){0};
    int made = atomic_load_explicit(&rt__sched.procs_made, memory_order_acquire);
    for (int id = 0; id < made; id++) {
        add_proc(stats, rt__sched.procs_all[id]);
    }
    stats->stops = atomic_load_explicit(&rt__sched.stops, memory_order_relaxed);
    stats->idle_ns = atomic_load_explicit(&rt__sched.idle_ns, memory_order_relaxed);
}

const char *rt_stats_wait(int wait)
{
    return wait > 0 && wait < RT__WAITS_COUNT ? rt__wait_text((enum rt__wait)wait) : NULL;
}
