/* proc.h - a proc: the right to run one task at a time, and what goes with it.
 *
 * There are as many active procs as rt_procs() says. A worker (thread) runs tasks only while it
 * holds a proc; all that a running task needs in a hurry - run queue, free lists, timers - belongs
 * to the proc, so that it takes no lock. */
#ifndef RT_PROC_H
#define RT_PROC_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "run_queue.h"
#include "stack.h"
#include "task.h"
#include "timer.h"

struct rt__worker;

struct rt__proc {
    struct rt__run_queue queue;

    /* Only the worker that holds the proc: */
    struct rt__task *free_tasks;
    int free_tasks_count;
    uint64_t next_id, last_id; /* task ids that it may give out: [next_id, last_id) */
    struct rt__magazine magazine;
    uint32_t skipped; /* wake-ups that seemed useless (rt__wake_if_useful) */
    uint32_t streak;  /* tasks that overtook the oldest since it was last served */

    /* Written by the holder, read by anyone: */
    _Atomic(uint32_t) tick; /* counts tasks that were picked */
    _Atomic(int64_t) spawned, finished, switches, steals;
    _Atomic(int64_t) parks[RT__WAITS_COUNT];
    _Atomic(int64_t) io_parked; /* tasks that parked for I/O here, less those that resumed here */
    _Atomic(struct rt__worker *) holder; /* NULL while idle or retired */

    /* Written by anyone: */
    _Atomic(bool) serve_oldest; /* the monitor: the oldest in the ring has waited long enough */
    _Atomic(bool)
        attention; /* the holder must come to its worker's loop: the proc retires or all stops */
    struct rt__timers timers; /* has its own lock */

    /* Protected by rt__sched.lock: */
    struct rt__proc *idle_link;
    bool idle; /* on the list of idle procs */

    int id;
};

/* Counts one up. Only the holder writes, so no locked instruction is needed. */
static inline void rt__count(_Atomic(int64_t) *counter)
{
    atomic_store_explicit(counter, atomic_load_explicit(counter, memory_order_relaxed) + 1,
                          memory_order_relaxed);
}

#endif
