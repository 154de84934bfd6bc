/* monitor.h - sees to it that a task that computes for long does not keep the others waiting.
 *
 * The thread that called rt_run has nothing else to do: it is the monitor. Every few milliseconds
 * it looks at each proc. If a proc has been running the same task for a slice while others wait for
 * it, the monitor sends the signal RT__PREEMPT to the thread. Its handler does nothing but stop
 * there, on a futex: the task stays in the middle of its work, on its own thread, with its frames,
 * locks and errno. The monitor then gives the proc to another worker and queues the task as *bound*
 * to its thread. Whoever picks a bound task gives the proc back to that thread (worker.c) - so at
 * no time do more tasks run than there are procs, and nothing that is unsafe in a signal handler
 * ever runs in one.
 *
 * A thread inside the runtime (thread.h, rt__critical) is not stopped: it may hold locks. The
 * handler notes the wish, and the task yields as soon as it leaves. The same goes for malloc, but
 * for the yield (allocation.c).
 *
 * Yielding inside the handler - Go's way - was rejected: it would need a switch at any instruction,
 * with all registers, and libc's locks (malloc, stdio) would move to another thread. */
#ifndef RT_MONITOR_H
#define RT_MONITOR_H

#include <signal.h>
#include <stdbool.h>

struct rt__worker;

/* Ignored by default, not used by libraries, and debuggers pass it on silently (Go's choice). */
#define RT__PREEMPT SIGURG

/* Runs until the runtime stops, and until no worker runs a task any more. */
void rt__monitor_run(void);

/* What is left to do when a critical section has ended where the task must not yield: it stops
 * there, if the monitor wanted that. */
void rt__stop_if_wanted(void);

/* Wakes the monitor, which sleeps while all procs are idle. Cheap when it doesn't. */
void rt__monitor_notify(void);

/* Ends its sleep early. Callable from a signal handler. */
void rt__monitor_rouse(void);

/* The handler, installed for the length of a run. */
void rt__preempt_watch(void);
void rt__preempt_unwatch(void);

#endif
