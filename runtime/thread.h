/* thread.h - what belongs to the thread rather than to the task.
 *
 * A task may leave a switch on another thread than it entered it. Compilers assume that a function
 * stays on one thread and keep the addresses of thread-local variables, and of errno, in registers;
 * glibc even declares the function behind errno to be `const`. So every access goes through a
 * function in a file of its own, which no caller can see into - or, where it must be fast, through
 * one instruction that names the variable relative to the thread register. */
#ifndef RT_THREAD_H
#define RT_THREAD_H

#include <stdbool.h>
#include <stdint.h>

struct rt__worker;

extern _Thread_local struct rt__worker *rt__worker_here;

/* The worker of this thread; NULL on threads that are none. */
#if defined(__x86_64__)
static inline struct rt__worker *rt__worker(void)
{
    struct rt__worker *worker;
    __asm__ __volatile__("movq %%fs:rt__worker_here@tpoff, %0" : "=r"(worker));
    return worker;
}
#else
struct rt__worker *rt__worker(void);
#endif
void rt__worker_set(struct rt__worker *worker);

/* Where this thread's errno lies; a worker keeps it (worker.h). */
int *rt__errno_location(void);

/* Whether the thread is inside the runtime, where it may hold locks and must not be stopped: 2 for
 * each rt__critical_begin that has not ended, plus 1 when the monitor wanted to stop it meanwhile
 * (monitor.h). Written by this thread and by its own signal handler only. */
extern _Thread_local volatile uint32_t rt__critical;

#define RT__CRITICAL_ONE 2U
#define RT__CRITICAL_WANTED 1U

#if defined(__x86_64__) && !defined(RT__ONE_THREAD)

/* One instruction: a signal comes before it or after it. */
static inline void rt__critical_begin(void)
{
    __asm__ __volatile__("addl $2, %%fs:rt__critical@tpoff" ::: "memory", "cc");
}

/* Says whether something is left: an outer begin, or a wish of the monitor. */
static inline bool rt__critical_end(void)
{
    bool left;
    __asm__ __volatile__("subl $2, %%fs:rt__critical@tpoff\n\tsetnz %0"
                         : "=q"(left)::"memory", "cc");
    return left;
}

#else

/* Where one thread runs all tasks (sim/), nothing is ever stopped, and each begin is a place where
 * the scheduler may let another task go first. */
void rt__critical_begin(void);
bool rt__critical_end(void);

#endif

/* The monitor wants to stop the thread: notes that, if it is inside the runtime. To be called by
 * its signal handler. */
bool rt__critical_wish(void);

/* Begins, if nothing is left but such a wish, which counts as granted. False if there is none, or
 * an outer begin. */
bool rt__critical_grant(void);

#endif
