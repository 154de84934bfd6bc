/* worker.h - workers: the threads that run tasks, how they find work, sleep and are woken.
 *
 * A worker's loop runs on the thread's own stack: find a task, switch to it. Tasks switch directly
 * to one another after that; the loop gets the thread back when the proc has nothing to run.
 *
 * The wake-up protocol. Wanted: no task stays queued while a proc sleeps, and few wake-ups (each
 * costs microseconds). A worker that looks for work but has none is *spinning*; a submitter wakes a
 * worker only if a proc is idle and none is spinning:
 *
 *     submit:  S1 publish the task (run queue)      idle:   I1 put the proc on the idle list, idle_procs++
 *              S2 read idle_procs, spinning                 I2 if spinning: spinning--
 *              S3 idle and none spinning: wake one          I3 look at every queue once more
 *                                                           I4 found something: take a proc back
 *
 * All accesses marked are sequentially consistent, so there is one order of S1 S2 I1 I2 I3. If the
 * submitter saw no idle proc or a spinner (S2), then I1 or I2 comes later than S2, so I3 comes
 * later than S1 and finds the task. Otherwise it wakes one. And a spinner that finds work may have
 * been the reason that others were not woken for *more* work: so the last spinner to find some
 * wakes another.
 *
 * The sentry: while a proc is idle, one sleeping worker sleeps only until the first timer is due.
 * Who arms an earlier timer than the sentry waits for, and goes on with a task, kicks it; who goes
 * to sleep knowing of an earlier one takes over. A sentry that is given a proc may not come back
 * for long: so who finds a task wakes another worker for the post if it is vacant. While no proc is
 * idle all look at the timers between two tasks, and a sentry could do nothing about them. The
 * sentry never sleeps longer than sentry_until says: a timer between the two would be left to it,
 * and it would not come.
 *
 * The seat: once the poller is open the sentry sleeps there, where one thread has room; if the one
 * before it has not left yet, on its futex, until that one leaves and wakes it for the seat. So an
 * interrupt never reaches another than it is meant for.
 *
 * Designs not taken: a condition variable for each proc (wakes the wrong ones, thundering herds);
 * waking at every submit (doubles the cost of a message); a dispatcher thread (one more switch for
 * each task). */
#ifndef RT_WORKER_H
#define RT_WORKER_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "proc.h"
#include "sanitizer.h"
#include "sched.h"
#include "task.h"
#include "thread.h"

struct rt__worker {
    void *sp;              /* the loop's context while a task runs */
    struct rt__task *task; /* running now; NULL in the loop */
    struct rt__proc *proc; /* held; NULL while idle or standing */
    int *errno_at;         /* this thread's errno */

    /* What is to be done when the task that is being left is off its stack (scheduler.h). */
    void (*commit)(void *context);
    void *commit_context;

    struct rt__task *grant; /* a bound task that was picked: the loop gives its thread the proc */
    bool spinning;          /* counts in rt__sched.spinning */
    bool talk;              /* its last search saw a proc go from task to task */
    bool called;            /* was woken for work, and has found none yet */
    uint64_t random;        /* state of the worker's own random numbers */
    struct rt__fiber fiber; /* the sanitizers' idea of the loop */

    _Atomic(uint32_t) wakeup;       /* futex: 1 when an idle worker has been woken */
    _Atomic(bool) in_poller;        /* sleeps there rather than on the futex */
    _Atomic(uint32_t) stand;        /* enum rt__stand (standing.h) */
    _Atomic(uint32_t) granted;      /* futex: 1 when a standing worker has been given a proc */
    struct rt__trace_buffer *trace; /* its events, when tracing */
    struct rt__task *blocking;      /* the task that is in rt_blocking on this thread */
    _Atomic(bool) out;              /* has left its loop at the end of a run */
    bool abandoned;                 /* rt__sched.lock: its run has ended without it */

    struct rt__worker *idle_link; /* rt__sched.lock */
    struct rt__worker *all_link;  /* rt__sched.lock */
    pthread_t thread;
};

/* Starts a worker on a thread of its own, with `proc`. Ends the program when the machine has no
 * thread. */
void rt__worker_start(struct rt__proc *proc, bool spinning);

/* Gives `proc` to an idle worker, or to a new one. */
void rt__worker_employ(struct rt__proc *proc, bool spinning);

/* Wakes a worker if a proc is idle and nobody is looking for work. Call it after publishing a
 * task. */
void rt__wake_if_idle(void);

/* The same after filling an empty next slot: then the running task may be about to park, as in a
 * conversation between two, and a woken worker would find nothing. For a while after a search that
 * came upon such a talk, or for which a worker was woken in vain, this wakes only now and then.
 * Safe, because the proc is running and will get to the task; the monitor wakes a worker if that
 * takes long. A search that found nothing because there was nothing proves nothing: once it counted
 * as well, and two tasks that met at a lock now and then spent half their time on one proc. */
void rt__wake_if_useful(struct rt__proc *proc);

/* Lets a sleeping worker get up, wherever it sleeps: with a proc that it was given, or to look
 * anew. */
void rt__worker_wake(struct rt__worker *worker);

/* Makes all workers leave their loops: at once if idle, else at the next scheduling point. */
void rt__stop_all(void);

/* steal.c: looks for work at other procs for a while; NULL if there is none. */
struct rt__task *rt__steal(struct rt__worker *worker);

/* One look at all other procs, in an order that starts anywhere. ticks_seen has RT_MAX_PROCS
 * numbers, 0 before the first round of a search; from round to round they tell which next slots are
 * stale. */
struct rt__task *rt__steal_round(struct rt__worker *worker, uint32_t *ticks_seen, int round);

/* A worker without work looks round all procs this often before it sleeps. A sleep and a wake-up
 * cost about 5 to 50 us of latency; looking costs a core that could run other programs. */
#define RT__SEARCH_ROUNDS 8

/* A pause of a fraction of a microsecond between two looks at others' queues. */
void rt__pause_a_round(void);

/* The next number of the worker's own stream. */
uint64_t rt__random(struct rt__worker *worker);

/* scheduler.c: switches from the loop to a task; returns when the proc has nothing more to run, or
 * wants attention. And the task that the proc would run next, or NULL. */
void rt__run_task(struct rt__worker *worker, struct rt__task *task);
struct rt__task *rt__pick_local(struct rt__proc *proc);

#endif
