/* machine.h - the simulated machine itself: its procs, each with a clock and a step under way, and
 * what they have spent. Private to the simulation; virtual.h says by which rules it goes.
 *
 *     machine.c   time: what steps cost, whose step is the earliest, what the time was spent on
 *     search.c    procs that look for work, find it, fall asleep and are woken
 *     vprocs.c    how many procs there are: start, rt_procs, finish
 *     virtual.c   what tasks do, and whose turn it is */
#ifndef RT_SIM_MACHINE_H
#define RT_SIM_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#include "rt.h"
#include "sim/ledger.h"
#include "worker.h"

/* A simulated proc. */
struct rt__vproc {
    struct rt__worker worker; /* task: whose turn it is, when the step has ended */
    struct rt__proc *proc;
    int64_t step_ends; /* picoseconds */
    uint64_t order;    /* among steps that end at the same time */
    bool searching;    /* the step is a look for work; else it is one of worker.task */
    bool active;       /* has a step; neither idle nor retired */
    int round;         /* of the search */
    uint32_t ticks_seen[RT_MAX_PROCS];
    int64_t slice_began;
    struct rt__spent step; /* what the step has cost so far, to be spent when it ends */
};

struct rt__machine {
    struct rt__vproc *procs[RT_MAX_PROCS]; /* as many as rt__sched.procs_made */
    struct rt__vproc *here;                /* whose step was taken last; NULL outside of runs */
    int64_t now_ps;                        /* when that ended */
    uint64_t orders;
    int64_t
        others_ps; /* no other step, and no timer that could wake a proc, is earlier than this */
    int64_t
        fruitless_until_ps; /* no proc is woken before, for one task that is about to be run anyway */
    int64_t aside_ps;       /* what code outside of tasks has taken */
    struct rt__ledger ledger;
    struct rt__task *left;     /* the task that left its stack last, unless it ended */
    int64_t span_ps;           /* of the tasks that have ended, at most */
    bool in_timers;            /* who wakes tasks now */
    int64_t stops;             /* of tasks that computed for longer than a slice */
    bool stopping;             /* the running task yields because of that */
    bool stands;               /* and stands on its thread meanwhile: it was not in a call */
    bool changed;              /* rt_procs was called during the run */
    struct rt__task *changing; /* waits in rt_procs for procs to retire */
};

extern struct rt__machine rt__vm;

/* ---- machine.c ------------------------------------------------------------------------------- */

/* The proc's step takes so much longer, in this state. */
void rt__vm_charge(struct rt__vproc *vproc, enum rt__state state, int64_t ps);

/* The blocks that the running task has computed since the last call are charged to its proc. */
void rt__vm_charge_burst(void);

/* A task, or a lock, was last used on `*last_proc` (+ 1; 0: nowhere), and now is on this one: its
 * cache lines have to come over. */
void rt__vm_touch(struct rt__vproc *vproc, int *last_proc);

/* The step has ended: what it cost is spent. */
void rt__vm_spend(struct rt__vproc *vproc);

/* The same, of a step that the end of the run interrupts. */
void rt__vm_cut_off(struct rt__vproc *vproc);

/* How many procs run a task now. */
int rt__vm_running(void);

/* Time has gone on to now_ps, with so many procs idle. */
void rt__vm_advance(int idle);

/* Timers of the proc that are due wake their tasks. */
void rt__vm_run_due_timers(struct rt__vproc *vproc);

/* Whose step is the earliest but for one (or NULL); NULL if there is none. */
struct rt__vproc *rt__vm_earliest(const struct rt__vproc *but);

/* When the earliest timer wakes an idle proc; RT__NEVER if none does. */
int64_t rt__vm_timer_ps(void);

/* ---- search.c -------------------------------------------------------------------------------- */

/* Takes a proc off the idle list, which begins to look for work so much later. */
void rt__vm_wake(int64_t late_ps, bool called);

/* The same if a proc is idle and none looks for work; if_useful: and a search may find
 * something. */
void rt__vm_wake_if_idle(void);
void rt__vm_wake_if_useful(void);

/* The proc, done with its step, goes on with a task; or has none, and looks for one; or has found
 * none. */
void rt__vm_run_next(struct rt__vproc *vproc, struct rt__task *task);
void rt__vm_search_begin(struct rt__vproc *vproc);
void rt__vm_search(struct rt__vproc *vproc);
void rt__vm_go_idle(struct rt__vproc *vproc);

/* ---- vprocs.c -------------------------------------------------------------------------------- */

/* rt_procs has taken this proc out of service: what it holds goes to the others. */
void rt__vm_retire(struct rt__vproc *vproc);

#endif
