/* timer.h - things that are to happen at a time: a heap for each proc.
 *
 * A timer lies in the frame of the task that armed it. It fires at most once, on whichever worker
 * looks at the heap after its time: the proc's own between two tasks, or an idle one. `fire` runs
 * under the heap's lock, so after rt__timer_cancel returned it neither runs nor will run. When a
 * proc retires its timers move to another, which may be too busy for its worker ever to look
 * round. */
#ifndef RT_TIMER_H
#define RT_TIMER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lock.h"

#define RT__NEVER INT64_MAX

struct rt__timers;

struct rt__timer {
    int64_t when_ns; /* by rt_now() */
    void (*fire)(struct rt__timer *timer);
    _Atomic(struct rt__timers *) heap; /* that it is on; changes under the locks of both */
    size_t index; /* its place there; RT__TIMER_IDLE when it isn't in it; unless kept */
    bool kept;    /* will never be canceled: it doesn't know its place */
};

#define RT__TIMER_IDLE SIZE_MAX

struct rt__timer_slot {
    int64_t when_ns;
    struct rt__timer *timer;
    size_t *index; /* where to note the place; NULL for one that is kept */
};

struct rt__timers {
    rt__lock lock; /* protects the fields below */
    struct rt__timer_slot
        *heap; /* four children a node: heap[i] is not later than heap[4i+1 .. 4i+4] */
    size_t count, capacity;
    _Atomic(int64_t)
        earliest; /* heap[0]'s time or RT__NEVER; written under the lock, read without */
};

void rt__timers_init(struct rt__timers *timers);
void rt__timers_release(struct rt__timers *timers);

/* Arms `timer` (when_ns, fire and kept are set) on this heap. False when out of memory. */
bool rt__timers_add(struct rt__timers *timers, struct rt__timer *timer);

/* Moves all timers to another heap. False when out of memory. One caller at a time. */
bool rt__timers_move(struct rt__timers *from, struct rt__timers *to);

/* Fires all that are due at `now_ns`. */
void rt__timers_run(struct rt__timers *timers, int64_t now_ns);

/* Disarms one that isn't kept. Returns whether it was still armed: false means that it has fired,
 * completely. */
bool rt__timer_cancel(struct rt__timer *timer);

/* The time `timeout_ns` from now; RT__NEVER - 1 at the latest. */
int64_t rt__deadline(int64_t timeout_ns);

/* The time of the first timer, RT__NEVER if there is none. May be out of date when it returns. */
static inline int64_t rt__timers_earliest(struct rt__timers *timers)
{
    return atomic_load_explicit(&timers->earliest, memory_order_seq_cst);
}

#endif
