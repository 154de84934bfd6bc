/* ledger.h - where the time of a simulated run went, to the last picosecond.
 *
 * Each proc is at every instant in one state, so  P x T = user + scheduler + search + blocked +
 * idle  holds exactly. An idle proc is idle for a reason, the first of these that holds at the
 * instant:
 *   ready tasks exist           the scheduler has not got to them yet
 *   a task waits for a lock     or a semaphore, or a full channel: synchronisation
 *   a task sleeps or does I/O   nothing else to do meanwhile
 *   none of these               there is too little to do at once */
#ifndef RT_SIM_LEDGER_H
#define RT_SIM_LEDGER_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/states.h"
#include "task.h"

/* Picoseconds in each state. */
struct rt__spent {
    int64_t ps[RT__STATES_COUNT];
};

struct rt__ledger {
    struct rt__spent spent;
    int64_t now_ps;             /* the spent time of idle procs is complete up to here */
    int64_t ready, lock, sleep; /* tasks that are ready; that wait for a lock; that sleep */
    const void *sleep_place;    /* where the last began to sleep (blame.h) */
    int64_t sleeps;             /* how many have begun, */
    int64_t slept_ps;           /* how long all together, */
    int64_t any_slept_ps;       /* and how long at least one slept */
};

/* Time goes on to now_ps, with `idle` procs idle since the last call. Returns why they were. */
enum rt__state rt__ledger_advance(struct rt__ledger *ledger, int64_t now_ps, int idle);

/* A task begins (+1) or ends (-1) its wait. */
void rt__ledger_waits(struct rt__ledger *ledger, const struct rt__task *task, int change);

#endif
