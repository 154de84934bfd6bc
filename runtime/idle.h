/* idle.h - what workers do while there is no work: let their proc go, sleep, and stand by for
 * timers and I/O. */
#ifndef RT_IDLE_H
#define RT_IDLE_H

#include <stdbool.h>
#include <stdint.h>

#include "worker.h"

/* Lets the proc go and sleeps until there is work for it. Returns with a proc, or when all
 * stops. */
void rt__go_idle(struct rt__worker *worker);

/* The same for a worker whose proc is gone already. */
void rt__wait_for_proc(struct rt__worker *worker);

/* Takes a sleeping worker off the list, for the caller, who holds rt__sched.lock, to give it a proc
 * and wake it. NULL if none sleeps. */
struct rt__worker *rt__idle_worker_take_locked(void);

/* Whether any proc, or the global queue, holds a task that should be run now. */
bool rt__work_exists(void);

/* Tells the sentry of a timer at when_ns, or sees to it that there is one. */
void rt__sentry_notify(int64_t when_ns);

/* The same for all timers: to be called by who goes on with a task when the sentry may have been
 * called away. */
void rt__sentry_ensure(void);

/* Lets the sentry see anew where and how long to sleep. False if there is none. */
bool rt__sentry_kick(void);

#endif
