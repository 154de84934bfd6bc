/* schedule.h - exploration: one thread runs the program's tasks, and at each *step* a strategy says
 * who is next.
 *
 * A step is what a task does from one point to the next: a call of the runtime, an operation on an
 * atomic, or an access to plain memory (hooks.c). At a point the running task may be stopped in
 * favour of any other that can run; when a task waits, yields or ends, one of the others must be
 * chosen. All that the program does follows from these choices, so they are all that has to be kept
 * in order to see a schedule again.
 *
 * The *plain schedule* has no switch that isn't needed: a task runs until it waits, yields or ends,
 * and then the one goes on that has been able to for longest. A schedule is written down as its
 * differences from that: "task 2, about to take its 5th step, is stopped, and task 3 goes on" is
 * 2.5-3. Such a switch is told by the task's own steps, not by a count of all, so it means the same
 * when others are left out (minimise.c).
 *
 * The clock stands still, and is task 0. While a timer is armed it can be chosen like any other
 * task, and then goes to the time of the first timer. So a sleep may end at once, or after
 * everything else: a program that relies on "by then it is surely done" is found out.
 *
 * Beside its order, a step has an effect on what comes before what (clocks.h), and an object, by
 * which steps that no other task could notice are told apart: there the running task just goes
 * on. */
#ifndef RT_EXPLORE_SCHEDULE_H
#define RT_EXPLORE_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

#include "rt.h"

/* Mixes the bits of a number: the end of splitmix64 (Steele, Lea and Flood, 2014). For random
 * numbers and for hashes. */
static inline uint64_t rt__mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

struct rt__task;
struct rt__vector;
struct rt__held;

/* Numbers of tasks in one schedule: 0 the clock, 1 the main task, and so on. */
typedef uint32_t rt__actor_id;
#define RT__CLOCK 0U
#define RT__NOBODY UINT32_MAX

/* Where a step stands in the program: the text of a call's place (rt_site), or, for the compiler's
 * hooks, an address in the code. Both are constants of the program; places.h tells them apart. 0:
 * nowhere. */
typedef uintptr_t rt__place;

struct rt__actor {
    struct rt__task *task; /* NULL when it has ended */
    rt_site spawned_at;
    const char *name;
    uint32_t steps;            /* that it has come to */
    rt__place place;           /* of the last of these */
    const void *object;        /* of it; NULL: several */
    uint64_t priority;         /* for some strategies */
    bool starved;              /* for one */
    struct rt__vector *time;   /* what comes before its next step (clocks.h) */
    struct rt__vector *seen;   /* what a fence that acquires would add to it */
    struct rt__vector *fenced; /* it, as of the last fence that released */
    struct rt__held *held;     /* its locks (locks.h) */
    const void *in_vain; /* the channel on which it last tried to do something, and could not */
};

extern struct rt__actor *rt__actors;
extern rt__actor_id rt__actors_count;
extern rt__actor_id rt__current; /* the running task; RT__NOBODY outside of tasks */

/* One choice that differs from the plain schedule. */
struct rt__switch {
    rt__actor_id who; /* is stopped, or waits, yields or ends, */
    uint32_t step;    /* at this step of its own, */
    rt__actor_id next;
};

struct rt__switches {
    struct rt__switch *list;
    int count, room;
};

/* Which schedule to run. */
struct rt__plan {
    int strategy; /* enum rt__strategy */
    int reach;    /* enum rt__reach */
    uint64_t seed;
    const struct rt__switches *replay; /* for RT__REPLAY */
    bool ignore_locks;                 /* locks order nothing (locks.h); races are not looked for */
};

/* Where a strategy may stop the running task. */
enum rt__reach {
    RT__REACH_SHARED,   /* at calls and atomics on objects that two tasks have been seen to use */
    RT__REACH_ACCESSES, /* and at accesses to memory that two tasks have been seen to use */
    RT__REACH_ALL       /* and at those that seemed to be one task's own */
};

/* The schedule that is running, or ran last. */
struct rt__schedule {
    struct rt__plan plan;
    struct rt__switches switches; /* its differences from the plain schedule */
    uint64_t steps;               /* of all tasks, but for accesses to plain memory */
    uint64_t accesses;            /* to that */
    uint64_t decisions;           /* at which a strategy was asked */
    uint64_t hash;                /* of who came to which call where */
    int64_t now_ns;
    bool given_up; /* too many steps */
};
extern struct rt__schedule rt__schedule;

/* Puts all back to the state before a schedule. And: the program calls rt_run, the clock is its
 * only actor yet. */
void rt__schedule_begin(const struct rt__plan *plan);
void rt__schedule_run_begins(void);

/* Actors are numbered as they come. One becomes able to run. */
rt__actor_id rt__actor_add(struct rt__task *task, rt_site spawned_at);
void rt__actor_ready(rt__actor_id id);
bool rt__actor_is_ready(rt__actor_id id);
bool rt__actors_any_ready(void);

/* The running task comes to a point: a call, or an operation on an atomic; `shared`: another task
 * may notice what it does next. The same for an access to plain memory. */
void rt__schedule_point(const void *object, rt__place place, bool shared);
void rt__schedule_access(const void *address, rt__place place);

/* The actor waits, yields or ends. */
void rt__schedule_left(rt__actor_id id);

/* Who goes on, RT__NOBODY if nobody can; that is rt__current then. */
rt__actor_id rt__schedule_next(void);

void rt__switches_add(struct rt__switches *switches, struct rt__switch it);
void rt__switches_copy(struct rt__switches *into, const struct rt__switches *from);

#endif
