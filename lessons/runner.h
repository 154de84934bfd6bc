/* runner.h - what processes and threads cost, measured in the same three ways.
 *
 * For demos that compare the two with each other and with tasks. Called outside of rt_run, since a
 * fork copies only one thread of a process. Whoever wants to know costs without the way from CPU to
 * CPU calls runner_use_one_cpu first.
 *
 * Nothing is left behind when a demo is interrupted: the kernel kills the processes when the one
 * that started them ends, and threads end with theirs. What goes wrong ends the program with a
 * message. */
#ifndef RUNNER_H
#define RUNNER_H

#include <sched.h>

#include "footprint.h"

/* What the kernel can run. */
struct runner_kind;
extern const struct runner_kind runner_process, runner_thread;

/* The most that one crowd has. */
#define RUNNER_CROWD_MAX 2000

/* Lets this thread, and what it starts, run on one CPU only; `before` is for sched_setaffinity, to
 * undo that. */
void runner_use_one_cpu(cpu_set_t *before);

/* The time from the start to the end of one that does nothing: the mean of `times`, one after
 * another. */
double runner_start_ns(const struct runner_kind *kind, int times);

/* The time to hand over the turn to another one and to fall asleep: the mean of 2 * `times`. */
double runner_turn_ns(const struct runner_kind *kind, int times);

/* Starts `most` that wait, or as many as the system allows, and returns how many were alive at
 * once; `each` is what one of them takes. */
int runner_crowd(const struct runner_kind *kind, int most, struct footprint *each);

#endif
