/* steal.c - work from other procs: half of a ring, a task left in a next slot, a timer that is
 * due. */
#include "perturb.h"
#include "rt.h"
#include "spin.h"
#include "trace.h"
#include "worker.h"

/* About a microsecond. */
#define PAUSES_PER_ROUND 40

void rt__pause_a_round(void)
{
    for (int i = 0; i < PAUSES_PER_ROUND; i++) {
        rt__spin_pause();
    }
}

uint64_t rt__random(struct rt__worker *worker)
{ /* xorshift64 (Marsaglia 2003) */
    worker->random ^= worker->random << 13;
    worker->random ^= worker->random >> 7;
    worker->random ^= worker->random << 17;
    return worker->random;
}

/* The task in the victim's next slot is about to run there, warm: it is fair game only if the
 * victim has not picked any task during a whole round of ours. */
static struct rt__task *steal_next(struct rt__proc *victim, uint32_t tick_before)
{
    if (atomic_load_explicit(&victim->tick, memory_order_relaxed) != tick_before &&
        !rt__perturb_choice()) {
        return NULL;
    }
    return rt__run_queue_take_next(&victim->queue);
}

static struct rt__task *steal_from(struct rt__worker *worker, struct rt__proc *victim,
                                   uint32_t *tick_seen, bool first_round)
{
    struct rt__task *task = rt__run_queue_steal(&victim->queue, &worker->proc->queue);
    if (task == NULL && (!first_round || rt__perturb_choice())) {
        task = steal_next(victim, *tick_seen);
    }
    uint32_t tick = atomic_load_explicit(&victim->tick, memory_order_relaxed);
    worker->talk |= !first_round && tick != *tick_seen;
    *tick_seen = tick;
    return task;
}

/* Fires the timers that another proc is too busy to look at; whatever they wake lands on our
 * queue. */
static struct rt__task *steal_timers(struct rt__worker *worker, struct rt__proc *victim)
{
    int64_t earliest = rt__timers_earliest(&victim->timers);
    if (earliest == RT__NEVER || earliest > rt_now()) {
        return NULL;
    }
    rt__timers_run(&victim->timers, rt_now());
    return rt__run_queue_pop_oldest(&worker->proc->queue);
}

struct rt__task *rt__steal_round(struct rt__worker *worker, uint32_t *ticks_seen, int round)
{
    int count = atomic_load_explicit(&rt__sched.procs_made, memory_order_acquire);
    worker->talk &= round > 0;
    int start = (int)(rt__random(worker) % (uint64_t)count);
    for (int i = 0; i < count; i++) {
        int id = (start + i) % count;
        struct rt__proc *victim = rt__sched.procs_all[id];
        if (victim == worker->proc) {
            continue;
        }
        struct rt__task *task = steal_from(worker, victim, &ticks_seen[id], round == 0);
        if (task == NULL) {
            task = steal_timers(worker, victim);
        }
        if (task != NULL) {
            rt__count(&worker->proc->steals);
            rt__trace(RT__EVENT_STEAL, task);
            return task;
        }
    }
    return NULL;
}

struct rt__task *rt__steal(struct rt__worker *worker)
{
    uint32_t ticks_seen[RT_MAX_PROCS] = {0};
    int rounds =
        rt__procs_active() > 1 ? RT__SEARCH_ROUNDS : 1; /* alone, nobody will produce work */
    for (int round = 0; round < rounds; round++) {
        struct rt__task *task = rt__steal_round(worker, ticks_seen, round);
        if (task == NULL) {
            task = rt__global_get(worker->proc, RT__GLOBAL_BATCH);
        }
        if (task != NULL || atomic_load_explicit(&rt__sched.stopping, memory_order_relaxed)) {
            return task;
        }
        rt__pause_a_round();
    }
    return NULL;
}
