/* poller.h - the interface between the scheduler and I/O: a small fixed set of functions.
 *
 * An idle worker sleeps in the poller (the sentry, worker.h), so that readiness of a descriptor and the
 * first timer wake it alike. Busy workers look in now and then. */
#ifndef RT_POLLER_H
#define RT_POLLER_H

#include <stdbool.h>
#include <stdint.h>

struct rt__task;

/* Whether the poller has been opened: before the first use of I/O, the sentry sleeps on its futex. */
bool rt__poller_is_open(void);

/* How many tasks are parked waiting for I/O: while there are any, nothing is asleep for ever. */
int64_t rt__poller_waiting(void);

/* Blocks the thread until a descriptor is ready, the timeout passes (negative: none; 0: only looks), or
 * rt__poller_interrupt. Returns the tasks that can go on, RUNNABLE, as a list linked through task->link;
 * *last and *count describe it. Only one thread at a time waits; others may look. */
struct rt__task *rt__poller_wait(int64_t timeout_ns, struct rt__task **last, uint32_t *count);

/* Ends the wait of the thread that is in rt__poller_wait, or the next one. */
void rt__poller_interrupt(void);

/* Closes it at the end of a run; frees all it holds. */
void rt__poller_release(void);

#endif
