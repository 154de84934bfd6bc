/* blame.h - which places of the program the lost time of a simulated run belongs to.
 *
 * Places are those of the runtime's calls (rt_site), where tasks are spawned and where they wait;
 * and, for code that computes for long without a call, addresses: each ten-thousandth block is a
 * sample. */
#ifndef RT_SIM_BLAME_H
#define RT_SIM_BLAME_H

#include <stdbool.h>
#include <stdint.h>

#include "rt.h"
#include "sim/figures.h"
#include "task.h"

/* Of code: where it was, and the calls that led there. */
#define RT__PLACE_FRAMES 8

struct rt__place {
    const void *key; /* an rt_site, or a number made of `code` */
    int frames;      /* 0: a site; else code, at these addresses, innermost first */
    const char *code[RT__PLACE_FRAMES];
#define RT__PLACE_FIGURE(name, what) int64_t name;
    RT__PLACE_FIGURES(RT__PLACE_FIGURE)
#undef RT__PLACE_FIGURE
    int64_t waiting_here; /* so many tasks now, for other tasks */
    /* Of the tasks spawned there: */
    int64_t runnable;    /* so many can run now, */
    int64_t waiting;     /* so many wait for what another task will bring, */
    const void *awaited; /* all of them from this object; NULL: from several; */
    rt_site passed_at;   /* and here waited the last that was readied by another */
};

/* The account of a site, or of the place with that key; made if it is new. Valid until the next
 * call. */
struct rt__place *rt__blame(const void *key);

/* The same, of the code that has called the function whose frame this is, on the running task's
 * stack. */
struct rt__place *rt__blame_code(const void *frame);

/* A task spawned there can run (+1), or waits or has ended (-1). */
void rt__blame_runnable(const struct rt__task *task, int change);

/* So much time of idle procs was lost while too little was to be done: all sites where tasks wait
 * for others note it. */
void rt__blame_awaited(int64_t lost_ps);

/* It begins (+1) or ends (-1) its wait. */
void rt__blame_waits(const struct rt__task *task, int change);

/* It has ended. */
void rt__blame_ended(const struct rt__task *task);

/* `waker` readies a task spawned there, which waits for what it brings. */
void rt__blame_passed(const struct rt__task *task, const struct rt__task *waker);

/* So much time of idle procs was lost while it ran and too little else was to be done. */
void rt__blame_alone(const struct rt__task *task, int64_t lost_ps);

/* What weighs most: up to `most` places, each of which is the first by one of its accounts or
 * nearly so. Valid until rt__blame_release. Returns how many. */
int rt__blame_worst(const struct rt__place *places[], int most);

void rt__blame_release(void);

#endif
