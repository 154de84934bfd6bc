/* blame.h - which places of the program the lost time of a simulated run belongs to.
 *
 * Places are those of the runtime's calls (rt_site), where tasks are spawned and where they wait; and, for
 * code that computes for long without a call, addresses: each ten-thousandth block is a sample. */
#ifndef RT_SIM_BLAME_H
#define RT_SIM_BLAME_H

#include <stdbool.h>
#include <stdint.h>

#include "rt.h"
#include "task.h"

struct rt__place {
    const void *key;      /* an rt_site, or an address */
    bool is_code;         /* an address */
    int64_t overhead_ps;  /* switches, spawns and wake-ups of the tasks spawned, or parked, there */
    int64_t alone_ps;     /* idle time of others while a task spawned there, or this code, ran */
    int64_t wait_ps;      /* idle time while a task slept there, or this code blocked its proc */
    int64_t computed_ps;  /* code: what was computed */
    int64_t spawned;      /* tasks spawned there, */
    int runnable;         /* of which so many could run now, */
    int runnable_most;    /* and so many at once at most, */
    int waiting;          /* and so many wait now for what another task will bring; */
    int64_t chained_ps;   /* the part of alone_ps when there were such */
    int64_t work_ps;      /* what those that have ended had computed, */
    int64_t work_most_ps; /* and one of them at most */
};

/* The place's account; made if it is new. Valid until the next call. */
struct rt__place *rt__blame(const void *key, bool is_code);

/* A task spawned there can run (+1), or waits or has ended (-1). */
void rt__blame_runnable(const struct rt__task *task, int change);

/* It begins (+1) or ends (-1) its wait. */
void rt__blame_waits(const struct rt__task *task, int change);

/* It has ended. */
void rt__blame_ended(const struct rt__task *task);

/* So much time of idle procs was lost while it ran and too little else was to be done. */
void rt__blame_alone(const struct rt__task *task, int64_t lost_ps);

/* What weighs most: up to `most` places, each of which is the first by one of its accounts or nearly so.
 * Valid until rt__blame_release. Returns how many. */
int rt__blame_worst(const struct rt__place *places[], int most);

void rt__blame_release(void);

#endif
