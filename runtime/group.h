/* group.h - the inside of groups: how canceling reaches a task that waits.
 *
 * A task of a group that is about to wait enters a *cancel point* into its group, in the commit,
 * when it is off its stack; after the wait it takes it out again. Canceling sets the flag and, for
 * each cancel point, tries to win the task's claim (wait.h); if it wins, the task wakes with
 * RT_ECANCELED. So a wait in a group is always contested. Tasks in no group pay nothing.
 *
 * Lock order: the lock of what is waited for -> group; timer heap -> group -> groups below it. */
#ifndef RT_GROUP_H
#define RT_GROUP_H

#include <stdbool.h>

#include "rt.h"
#include "task.h"

struct rt__cancel_point {
    struct rt__cancel_point *next, *previous;
    struct rt__task *task;
    bool listed;
};

/* In a commit: enters the point of `point->task`, or, if its group is canceled already, wakes the
 * task if it wins the claim. */
void rt__cancel_point_enter(struct rt__cancel_point *point);

/* After the wait. */
void rt__cancel_point_leave(struct rt__cancel_point *point);

/* The task is being spawned into `group`: false if that is canceled. And: it has ended. */
bool rt__group_join(struct rt_group *group, bool even_if_canceled);
void rt__group_part(struct rt_group *group);

#endif
