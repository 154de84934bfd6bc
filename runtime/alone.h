/* alone.h - whether one proc is all there is.
 *
 * With procs=1 at most one thread runs tasks, and it is not stopped inside the runtime (monitor.h):
 * what only tasks touch - run queues, channels - needs neither locked instructions nor locks, which
 * are most of what a message costs. The flag changes only while no other thread can be in such
 * code: rt_procs() sets it after all other procs have retired, and clears it before a second one
 * can run (procs.c). The proc may move between threads meanwhile; each such move synchronises them.
 *
 * What other threads touch as well - the scheduler's lock, timers, wait groups' and mutexes' own
 * words, which a task may use when it stands still - is never elided. */
#ifndef RT_ALONE_H
#define RT_ALONE_H

#include <stdatomic.h>
#include <stdbool.h>

#include "lock.h"

extern _Atomic(bool) rt__alone_flag;

static inline bool rt__alone(void)
{
    return atomic_load_explicit(&rt__alone_flag, memory_order_relaxed);
}

/* A lock that only tasks take, inside the runtime. */
static inline void rt__task_lock_acquire(rt__lock *lock)
{
    if (!rt__alone()) {
        rt__lock_acquire(lock);
    }
}

static inline void rt__task_lock_release(rt__lock *lock)
{
    if (!rt__alone()) {
        rt__lock_release(lock);
    }
}

#endif
