/* sched.h - what all procs share: the global queue, who is idle, how many there are. */
#ifndef RT_SCHED_H
#define RT_SCHED_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "lock.h"
#include "proc.h"
#include "procs.h"
#include "rt.h"

struct rt__sched {
    rt__lock lock; /* innermost but for the stack and task pools */

    /* Changed under lock; the atomic ones may be read without: */
    struct rt__task *global_first, *global_last; /* overflow, and tasks that no proc holds */
    _Atomic(int64_t) global_length;
    struct rt__proc *idle_proc_list;
    _Atomic(int) idle_procs;
    struct rt__worker *idle_workers;
    struct rt__worker *all_workers;
    struct rt__worker *sentry;     /* sleeps until sentry_until, or I/O; NULL: nobody watches */
    _Atomic(int64_t) sentry_until; /* RT__NEVER without a sentry */
    struct rt__worker *seated;     /* in the poller, where there is room for one; NULL: nobody */
    _Atomic(int) retiring;         /* procs that are to retire (procs.c) but still run a task */
    bool main_done;                /* only with leaks: main has returned, the rest runs on */
    bool over;                     /* all tasks were found asleep for ever */
    _Atomic(bool) stopping;

    _Atomic(int) procs_active; /* procs_all[0 .. procs_active) may run tasks: rt_procs() */
    _Atomic(int) procs_made;   /* procs_all[0 .. procs_made) exist */
    struct rt__proc *procs_all[RT_MAX_PROCS];

    _Atomic(int64_t) fruitless_until; /* by rt_now(); 0: the last search was not in vain */
    _Atomic(int) spinning;            /* workers that look for work and have none */
    _Atomic(int) blocking;            /* tasks in rt_blocking */
    _Atomic(int64_t) stops;           /* for rt_stats */
    _Atomic(int64_t) idle_ns;         /* for rt_stats */
    bool leaks;                       /* RT_LEAKS=1 */
};

extern struct rt__sched rt__sched;

/* Puts everything but the lock back to the state before a run. */
void rt__sched_reset(void);

/* Puts a list of `count` tasks, linked through task->link, on the global queue. */
void rt__global_put(struct rt__task *first, struct rt__task *last, uint32_t count);
void rt__global_put_locked(struct rt__task *first, struct rt__task *last, uint32_t count);

/* How many tasks a ring that has run dry takes from the global queue at once: half of what it
 * holds. */
#define RT__GLOBAL_BATCH (RT__RUN_QUEUE_SIZE / 2)

/* Takes a fair share of the global queue, of `most` tasks at most: returns one to run and puts the
 * others into the ring of the proc, which the caller holds. NULL if the queue is empty. */
struct rt__task *rt__global_get(struct rt__proc *proc, int64_t most);

/* Puts a proc that nobody holds on the idle list; takes one off it, NULL if there is none; takes
 * that one off it. The lock is held. */
void rt__proc_idle_put_locked(struct rt__proc *proc);
struct rt__proc *rt__proc_idle_get_locked(void);
void rt__proc_idle_remove_locked(struct rt__proc *proc);

/* start.c: the main task has returned. */
void rt__main_finished(void);

/* start.c: nothing can ever go on. Ends the program with a report, unless main has returned and no
 * task is left over. */
void rt__asleep_for_ever(void);

#endif
