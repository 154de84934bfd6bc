/* one_thread.h - a scheduler (scheduler.h) that runs all tasks on the calling thread, as a policy
 * says.
 *
 * A task runs until it comes to a *point*: the begin of a public call, before anything has happened
 * that others could see. There the policy may let other tasks go first. What happens between two
 * points is not interrupted. So a policy decides alone, and can repeat, what threads, cores and
 * clocks decide in the real scheduler: virtual time (virtual.c) and exploration are two such
 * policies, a library each. */
#ifndef RT_ONE_THREAD_H
#define RT_ONE_THREAD_H

#include <stdbool.h>
#include <stdint.h>

#include "rt.h"
#include "task.h"

enum rt__leaving { RT__LEAVES_PARKED, RT__LEAVES_YIELDING, RT__LEAVES_ENDED };

/* ---- What a policy defines ------------------------------------------------------------------- */

/* Whether stacks and descriptors stay for the next run, and no two tasks of one run have the same
 * stack. */
extern const bool rt__policy_keeps;

/* A run begins: makes its procs and sets rt__worker(). False when out of memory. */
bool rt__policy_start(void);

/* A run has ended: all tasks are gone. */
void rt__policy_finish(void);

/* The running task is at a point. May call rt__one_thread_pause. */
void rt__policy_point(void);

/* A task is new, or can go on; `last`: behind all that can run now. */
void rt__policy_spawned(struct rt__task *task);
void rt__policy_ready(struct rt__task *task, bool last);

/* The running task is about to leave its stack, with task->wait set if it parks. It yields only if
 * this returns true. */
bool rt__policy_leaves(struct rt__task *task, enum rt__leaving how);

/* A timer has been armed, at when_ns by rt_now(). */
void rt__policy_timer(int64_t when_ns);

/* How long the code that ran outside of tasks since the last call has taken: fn of rt_blocking. */
int64_t rt__policy_aside_ns(void);

/* The running code, in a task or not, blocks its thread for so long without computing, as in
 * nanosleep(), whose frame is given. */
void rt__policy_block(int64_t ns, const void *frame);

/* Whose turn is it? NULL: nobody's, for ever. */
struct rt__task *rt__policy_turn(void);

/* ---- What a policy may call ------------------------------------------------------------------ */

/* In a point: lets others run until the policy says that it is the running task's turn again. */
void rt__one_thread_pause(void);

/* In a point: the same, but the task gives way as in rt_yield. */
void rt__one_thread_yield(void);

/* From outside of tasks, or from a task that is left for good: the run, if there is one, ends where
 * it stands. */
void rt__one_thread_abandon(void);

#endif
