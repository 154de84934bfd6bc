/* replay.h - schedules in writing: the switches that are given, taken at their steps, and what was
 * seen on the way.
 *
 * A schedule is written "SEED:2.5-3,1.7-2": the numbers that select draws come from the seed, and
 * task 2 is stopped at its step 5 in favour of task 3, task 1 at its step 7 for task 2. `-` for who
 * means nobody: the first choice of all. An `o` in front: locks are no edges
 * (rt__plan.ignore_locks). It says all: no other run has to come before for it to show the same
 * again. */
#ifndef RT_EXPLORE_REPLAY_H
#define RT_EXPLORE_REPLAY_H

#include <stdio.h>

#include "explore/schedule.h"

/* A schedule begins, with these switches to come (NULL: none). */
void rt__replay_begin(const struct rt__switches *switches);

/* Who goes on when `who` has come to this step of its own; RT__NOBODY: as in the plain schedule. */
rt__actor_id rt__replay_next(rt__actor_id who, uint32_t step);

/* This switch is being taken. `stopped`: its task could have gone on. */
void rt__replay_taken(const struct rt__switch *it, bool stopped);

/* From now on, the switches that are taken are told there; NULL: no more. */
void rt__replay_tell(FILE *to);

void rt__replay_write(FILE *to, const struct rt__plan *plan, const struct rt__switches *switches);

/* Reads it. False if it is not written that way. The switches belong to the caller. */
bool rt__replay_read(const char *text, struct rt__plan *plan, struct rt__switches *switches);

#endif
