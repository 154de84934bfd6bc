/* poller.h - which descriptors are ready: the interface between the scheduler, epoll and I/O
 * (io.h).
 *
 * An idle worker sleeps in the poller (the sentry, worker.h), so that readiness of a descriptor and
 * the first timer wake it alike. Busy workers, and the monitor, look in now and then. */
#ifndef RT_POLLER_H
#define RT_POLLER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "rt.h"

struct rt__task;

/* Tasks that can go on: RUNNABLE, in no queue yet, linked through task->link. */
struct rt__ready_tasks {
    struct rt__task *first, *last;
    uint32_t count;
};

/* ---- For the scheduler ----------------------------------------------------------------------- */

/* Whether the poller has been opened: before the first use of I/O, the sentry sleeps on its
 * futex. */
bool rt__poller_is_open(void);

/* How many tasks are parked waiting for I/O: while there are any, nothing is asleep for ever. */
int64_t rt__poller_waiting(void);

/* Blocks the thread until a descriptor is ready, the timeout passes (negative: none), or *wakeup is
 * not zero and rt__poller_interrupt has been called since. Puts the tasks that can go on into the
 * global queue, and returns how many these are. One thread may wait at a time (rt__sched.seated):
 * two could take each other's interrupts. One that came too late for a thread ends the next wait at
 * once. */
uint32_t rt__poller_wait(int64_t timeout_ns, const _Atomic(uint32_t) *wakeup);

/* The same without waiting. Callable by any thread, also while another waits. */
uint32_t rt__poller_look(void);

/* Ends the wait of the thread that is in rt__poller_wait, or about to be: set its *wakeup first. */
void rt__poller_interrupt(void);

/* Closes it at the end of a run, and all handles with it. */
void rt__poller_release(void);

/* ---- For I/O --------------------------------------------------------------------------------- */

/* Opens the poller if it is not open. 0 or an errno. */
int rt__poller_open(void);

/* Watches a descriptor until it is removed: rt__io_ready (io.h) gets `io` each time something
 * happened to it. 0 or an errno: EPERM for one that is always ready, as files are. */
int rt__poller_add(int fd, rt_io io);
void rt__poller_remove(int fd);

/* Counts a task in before it parks, and out when it runs again - not when it is readied: until it
 * is in a queue nothing else would show that it is not asleep. */
void rt__poller_park_begin(void);
void rt__poller_park_end(void);

#endif
