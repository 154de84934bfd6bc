/* pick.h - which task a proc runs next, and where a runnable one queues: the policy, apart from how
 * tasks are switched. The real scheduler and the simulated one (sim/) follow the same lines.
 * Inline, because a switch is so short. All are for the holder of the proc only. */
#ifndef RT_PICK_H
#define RT_PICK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "perturb.h"
#include "proc.h"
#include "rt.h"
#include "sched.h"

/* Picks between looks at the global queue, so that a busy ring can't starve it. Go's number: a
 * prime, so that it doesn't keep step with a pattern in the program. Such a look takes one task,
 * for the ring has work: a batch would push others out of it, which come back later, and each time
 * round costs a cache miss. */
#define RT__GLOBAL_EVERY 61
#define RT__GLOBAL_LOOK 1

/* How often in a row a hot task may overtake the oldest in the ring: two tasks that wake each other
 * would starve the rest otherwise. Large, because each oldest task in between may open a new branch
 * of a recursion; the monitor sees to it that the oldest waits no longer than a few
 * milliseconds. */
#define RT__STREAK_MAX 1000

/* Makes room in a full ring. */
static inline void rt__enqueue_overflow(struct rt__proc *proc)
{
    struct rt__task *first, *last;
    uint32_t count = rt__run_queue_take_half(&proc->queue, &first, &last);
    if (count > 0) {
        rt__global_put(first, last, count);
    }
}

static inline void rt__enqueue(struct rt__proc *proc, struct rt__task *task)
{
    while (!rt__run_queue_push(&proc->queue, task)) {
        rt__enqueue_overflow(proc);
    }
}

static inline void rt__enqueue_last(struct rt__proc *proc, struct rt__task *task)
{
    while (!rt__run_queue_push_last(&proc->queue, task)) {
        rt__enqueue_overflow(proc);
    }
}

/* Never with a lock held: what a timer does may need it. So a task that parks, and holds the lock
 * of what it waits for, leaves this to whoever runs next. */
static inline void rt__run_due_timers(struct rt__proc *proc)
{
    if (rt__timers_earliest(&proc->timers) != RT__NEVER) {
        int64_t now_ns = rt_now();
        if (rt__timers_earliest(&proc->timers) <= now_ns) {
            rt__timers_run(&proc->timers, now_ns);
        }
    }
}

/* A task whose data is most likely in this core's cache, or NULL. */
static inline struct rt__task *rt__pick_hot(struct rt__proc *proc, bool youngest)
{
    struct rt__task *task = rt__run_queue_take_next(&proc->queue);
    return task == NULL && youngest ? rt__run_queue_pop_youngest(&proc->queue) : task;
}

/* The next task of the proc, or NULL: then the worker's loop must see to it. A task that parks goes
 * on with the youngest: what it has just spawned or readied is small, warm, and most likely what it
 * waits for. One that yields or ends goes on with the oldest. */
static inline struct rt__task *rt__pick(struct rt__proc *proc, bool youngest)
{
    if (atomic_load_explicit(&proc->attention, memory_order_relaxed)) {
        return NULL;
    }
    uint32_t tick = atomic_load_explicit(&proc->tick, memory_order_relaxed) + 1;
    atomic_store_explicit(&proc->tick, tick, memory_order_relaxed);
    struct rt__task *task;
    if (tick % RT__GLOBAL_EVERY == 0 && (task = rt__global_get(proc, RT__GLOBAL_LOOK)) != NULL) {
        return task;
    }
    bool overtake = proc->streak < RT__STREAK_MAX && !rt__perturb_choice() &&
                    !atomic_load_explicit(&proc->serve_oldest, memory_order_relaxed);
    if (overtake && (task = rt__pick_hot(proc, youngest)) != NULL) {
        proc->streak++;
        return task;
    }
    proc->streak = 0;
    atomic_store_explicit(&proc->serve_oldest, false, memory_order_relaxed);
    task = rt__run_queue_pop_oldest(&proc->queue);
    if (task == NULL) {
        task = rt__run_queue_take_next(&proc->queue);
    }
    return task != NULL ? task : rt__global_get(proc, RT__GLOBAL_BATCH);
}

/* The common case of a yield in one step: `task`, which runs, goes to the end of the ring, and the
 * oldest there is returned, as rt__pick and rt__enqueue_last would have it. NULL, and no change, if
 * this is not the common case. It saves a third of a yield. Only where the proc is alone: a thief
 * could take the task, and resume it, while it still stands on its stack. Due timers are left to
 * the next task. */
static inline struct rt__task *rt__pick_in_exchange(struct rt__proc *proc, struct rt__task *task)
{
    uint32_t tick = atomic_load_explicit(&proc->tick, memory_order_relaxed) + 1;
    if (!rt__alone() || atomic_load_explicit(&proc->attention, memory_order_relaxed) ||
        atomic_load_explicit(&proc->queue.next, memory_order_relaxed) != NULL ||
        tick % RT__GLOBAL_EVERY == 0) {
        return NULL;
    }
    struct rt__task *oldest = rt__run_queue_exchange(&proc->queue, task);
    if (oldest != NULL) {
        atomic_store_explicit(&proc->tick, tick, memory_order_relaxed);
        atomic_store_explicit(&proc->serve_oldest, false, memory_order_relaxed);
        proc->streak = 0;
    }
    return oldest;
}

#endif
