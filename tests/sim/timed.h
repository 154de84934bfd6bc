/* timed.h - programs in virtual time: some that compute, and how long one takes. */
#ifndef TESTS_SIM_TIMED_H
#define TESTS_SIM_TIMED_H

#include <stdint.h>

#include "rt.h"

/* How long fn takes as the main task, in nanoseconds of virtual time. */
int64_t time_on(int procs, void (*fn)(void));

/* The same on one proc, over that. */
double speedup_on(int procs, void (*fn)(void));

/* Where results go, so that no compiler leaves out what they were made from. */
extern volatile unsigned sink;

/* `steps` turns of a loop: a few basic blocks each. */
void compute(int steps);

#define STEP 200000 /* of compute(): some hundred microseconds */

/* RT_SIM_COSTS, where only computing takes time. */
#define NOTHING_COSTS                                                                              \
    "call=0,locked=0,spawn=0,start=0,ready=0,switch=0,steal=0,look=0,wake=0,timer=0,"              \
    "transfer=0,pause=0"

/* Starts `count` tasks of fn and waits for them: each calls rt_wait_group_done(&done). */
void run_all(int count, void (*fn)(void *));
extern rt_wait_group done;

/* A task that computes a STEP. */
void job(void *arg);

/* For time_on: sixty-four of them; and thirty-two that hold one lock meanwhile. */
void sixty_four_jobs(void);
void jobs_under_one_lock(void);

#endif
