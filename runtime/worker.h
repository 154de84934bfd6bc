/* worker.h - workers: the threads that run tasks, how they find work, sleep and are woken.
 *
 * A worker's loop runs on the thread's own stack: find a task, switch to it. Tasks switch directly to
 * one another after that; the loop gets the thread back when the proc has nothing to run.
 *
 * The wake-up protocol. Wanted: no task stays queued while a proc sleeps, and few wake-ups (each costs
 * microseconds). A worker that looks for work but has none is *spinning*; a submitter wakes a worker
 * only if a proc is idle and none is spinning:
 *
 *     submit:  S1 publish the task (run queue)      idle:   I1 put the proc on the idle list, idle_procs++
 *              S2 read idle_procs, spinning                 I2 if spinning: spinning--
 *              S3 idle and none spinning: wake one          I3 look at every queue once more
 *                                                           I4 found something: take a proc back
 *
 * All accesses marked are sequentially consistent, so there is one order of S1 S2 I1 I2 I3. If the
 * submitter saw no idle proc or a spinner (S2), then I1 or I2 comes later than S2, so I3 comes later
 * than S1 and finds the task. Otherwise it wakes one. And a spinner that finds work may have been the
 * reason that others were not woken for *more* work: so the last spinner to find some wakes another.
 *
 * The sentry: one sleeping worker sleeps only until the first timer is due. Whoever arms an earlier
 * timer than the sentry waits for, kicks it; whoever goes to sleep knowing of an earlier one takes over.
 *
 * Designs not taken: a condition variable for each proc (wakes the wrong ones, thundering herds); waking
 * at every submit (doubles the cost of a message); a dispatcher thread (one more switch for each task). */
#ifndef RT_WORKER_H
#define RT_WORKER_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "lock.h"
#include "proc.h"
#include "procs.h"
#include "sanitizer.h"
#include "task.h"
#include "thread.h"

struct rt__worker {
    void *sp;              /* the loop's context while a task runs */
    struct rt__task *task; /* running now; NULL in the loop */
    struct rt__proc *proc; /* held; NULL while idle */

    /* What is to be done when the task that is being left is off its stack (scheduler.h). */
    void (*commit)(void *context);
    void *commit_context;

    bool spinning;                /* counts in rt__sched.spinning */
    uint64_t random;              /* state of the worker's own random numbers */
    _Atomic(uint32_t) wakeup;     /* futex: 1 when the worker has been woken */
    struct rt__worker *idle_link; /* rt__sched.lock */
    struct rt__worker *all_link;  /* rt__sched.lock */
    pthread_t thread;
    struct rt__fiber fiber; /* the sanitizers' idea of the loop */
};

struct rt__sched {
    rt__lock lock; /* innermost but for the stack and task pools */

    /* Protected by lock; the lengths may be read without it: */
    struct rt__task *global_first,
        *global_last; /* queue for overflow and for tasks without a proc */
    _Atomic(int64_t) global_length;
    struct rt__proc *idle_proc_list;
    _Atomic(int) idle_procs;
    struct rt__worker *idle_workers;
    struct rt__worker *all_workers;
    struct rt__worker *sentry;     /* sleeps until sentry_until; NULL: nobody watches the timers */
    _Atomic(int64_t) sentry_until; /* RT__NEVER without a sentry */
    int retiring;                  /* procs that are to retire (procs.c) but still run a task */
    bool main_done;                /* only with leaks: main has returned, the rest runs on */

    _Atomic(int) procs_active; /* procs_all[0 .. procs_active) may run tasks: rt_procs() */
    _Atomic(int) procs_made;   /* procs_all[0 .. procs_made) exist; grows under the lock */
    struct rt__proc *procs_all[RT_MAX_PROCS];
    _Atomic(int) spinning;
    _Atomic(bool) stopping;
    bool leaks;   /* RT_LEAKS=1 */
    bool running; /* between start and end of rt_run */
};

extern struct rt__sched rt__sched;

/* Runs the loop of `worker` on this thread until the runtime stops. */
void rt__worker_loop(struct rt__worker *worker);

/* scheduler.c: switches from the loop to a task; returns when the proc has nothing more to run, or wants
 * attention. And the task that the proc would run next, or NULL. */
void rt__run_task(struct rt__worker *worker, struct rt__task *task);
struct rt__task *rt__pick_local(struct rt__proc *proc);

/* start.c: the main task has returned. */
void rt__main_finished(void);

/* A fresh worker; NULL when out of memory. */
struct rt__worker *rt__worker_new(void);

/* The next number of the worker's own stream. */
uint64_t rt__random(struct rt__worker *worker);

/* Wakes a worker if a proc is idle and nobody is looking for work. Call it after publishing a task. */
void rt__wake_if_idle(void);

/* Makes all workers leave their loops: at once if idle, else at the next scheduling point. */
void rt__stop_all(void);

/* Tells the sentry of a timer at when_ns. */
void rt__sentry_notify(int64_t when_ns);

/* Puts a list of `count` tasks, linked through task->link, on the global queue. */
void rt__global_put(struct rt__task *first, struct rt__task *last, uint32_t count);
void rt__global_put_locked(struct rt__task *first, struct rt__task *last, uint32_t count);

/* Takes a fair share of the global queue: returns one task to run and puts others into the ring of the
 * proc, which the caller holds. NULL if the queue is empty. */
struct rt__task *rt__global_get(struct rt__proc *proc);

/* start.c: nothing can ever go on. Ends the program with a report, unless main has returned and no task is
 * left over. */
void rt__asleep_for_ever(void);

/* Puts a proc that nobody holds on the idle list, and takes one off it. The lock is held. */
void rt__proc_idle_put_locked(struct rt__proc *proc);
void rt__proc_idle_remove_locked(struct rt__proc *proc);

#endif
