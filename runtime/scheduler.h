/* scheduler.h - the narrow interface on which channels, select, locks and timers stand.
 *
 * Everything above this line is written once; a scheduler is whatever implements these functions.
 * The real one (scheduler.c, worker.c) runs tasks on threads; others, for virtual time and for
 * exploring schedules, can take its place when the library is built.
 *
 * How a task waits - the park handoff:
 *   1. it takes the lock of what it waits for, and enters a waiter (wait.h) into its list;
 *   2. rt__park() takes it off its stack and, from the next context, calls commit(), which releases
 *      that lock. Only then can a waker find the waiter, so no waker ever sees a task half parked;
 *   3. a waker takes the waiter off the list, under the lock, and calls rt__ready() on its task.
 * The tempting order - unlock, then switch - lets a waker on another thread resume a stack that is
 * still in use. */
#ifndef RT_SCHEDULER_H
#define RT_SCHEDULER_H

#include <stdint.h>

#include "perturb.h"
#include "rt.h"
#include "task.h"
#include "thread.h"
#include "timer.h"

/* The running task; NULL outside of tasks. */
struct rt__task *rt__self(void);

/* The slow end of a call: yields if the monitor wanted to stop the task meanwhile. */
void rt__call_end_slow(void);

/* Every public function that touches the scheduler, or takes a runtime lock, stands between these
 * two: the thread is not stopped in between (monitor.h). rt__call_begin returns the running task;
 * outside of tasks it is a misuse report naming `call`. A park happens between exactly one begin
 * and its end. */
struct rt__task *rt__call_begin(const char *call, rt_site here);
static inline void rt__call_end(void)
{
    rt__perturb_wish();
    if (rt__critical_end()) {
        rt__call_end_slow();
    }
}

/* The running task, or a misuse report, without a begin. */
struct rt__task *rt__self_or_misuse(const char *call, rt_site here);

/* Takes the running task off its stack and runs others; returns when somebody has called
 * rt__ready() on it. `commit(context)` runs as soon as the task is off its stack. */
void rt__park(void (*commit)(void *context), void *context, enum rt__wait wait, const void *object,
              rt_site here);

/* Makes a parked task runnable. To be called once for each park, by whoever took the task's waiter.
 * Callable from tasks and from timers' fire. */
void rt__ready(struct rt__task *task);

/* As rt__ready, but behind all that is runnable now: for wake-ups of many at once, and by the
 * clock. */
void rt__ready_last(struct rt__task *task);

/* Starts a task of `group` (may be NULL). Between a begin and its end. RT_OK, RT_ENOMEM, or
 * RT_ECANCELED. */
int rt__spawn(struct rt_group *group, void (*fn)(void *arg), void *arg, rt_site here);

/* Arms a timer; `fire` runs on some worker at or after when_ns. Never fails: with no memory for it
 * the program ends with RT_EXIT_NOMEM. To be called off the task's stack (in a commit) if it wakes
 * it. */
void rt__timer_arm(struct rt__timer *timer);

/* A commit that releases the lock `context`. */
void rt__commit_unlock(void *lock);

#endif
