/* standing.h - tasks that stand still in the middle of a thread: hogs that the monitor stopped
 * (monitor.h), and calls in rt_blocking. Their proc runs others meanwhile.
 *
 *     STAND_NONE --handler--> STOPPED --monitor takes the proc--> QUEUED --grant--> NONE
 *     STAND_NONE --rt_blocking gives the proc away--> BLOCKING --proc at hand, or grant--> NONE
 *
 * Such a task can be queued like any other, but not switched to: it is *bound* to its thread
 * (task->bound; its sp is NULL). The worker that picks it gives its own proc to that thread - the
 * grant - and goes idle. A task is bound only while it is queued. */
#ifndef RT_STANDING_H
#define RT_STANDING_H

#include <stdbool.h>

struct rt__proc;
struct rt__task;
struct rt__worker;

enum rt__stand { RT__STAND_NONE, RT__STAND_STOPPED, RT__STAND_QUEUED, RT__STAND_BLOCKING };

/* Gives a proc that the caller held to another worker if there is work for it, else to the idle
 * list. */
void rt__proc_hand_off(struct rt__proc *proc);

/* The monitor: takes the proc from a worker that is STOPPED, and queues its task. */
void rt__standing_queue(struct rt__worker *worker);

/* Gets a proc for the calling worker, BLOCKING in the middle of `task`; blocks the thread until
 * there is one. Never returns once the run has ended. */
void rt__standing_regain(struct rt__worker *worker, struct rt__task *task);

/* Gives the caller's proc to the thread that `task` stands on. The caller is left without. */
void rt__standing_grant(struct rt__worker *worker, struct rt__task *task);

/* Blocks the thread until it has been granted a proc. Callable from a signal handler. */
void rt__standing_wait(struct rt__worker *worker);

/* At the end of a run: `worker` is about to leave its loop. And: no task can run on it any more. */
void rt__worker_out(struct rt__worker *worker);
bool rt__worker_is_out(struct rt__worker *worker);

#endif
