/* task.h - what the runtime knows of one task.
 *
 * A descriptor takes two cache lines. It is made when the task is spawned; the stack comes only
 * when the task first runs, so a queued task costs 128 bytes rather than a page. Descriptors live
 * in slabs that are never returned while the runtime runs: a report can walk all of them at any
 * time.
 *
 * Life: FREE -> RUNNABLE (spawned, or readied) -> RUNNING -> WAITING (parked) -> RUNNABLE ... ->
 * FREE. */
#ifndef RT_TASK_H
#define RT_TASK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "rt.h"
#include "sanitizer.h"
#include "stack.h"

struct rt__waiter;
struct rt__proc;

enum rt__task_state { RT__TASK_FREE, RT__TASK_RUNNABLE, RT__TASK_RUNNING, RT__TASK_WAITING };

/* What a parked task waits for: X(NAME, "as reports say it"). Each park has a reason of its own. */
#define RT__WAITS(X)                                                                               \
    X(NONE, "nothing")                                                                             \
    X(CHAN_SEND, "send to")                                                                        \
    X(CHAN_RECV, "receive from")                                                                   \
    X(NIL_CHAN_SEND, "send to the NULL channel")                                                   \
    X(NIL_CHAN_RECV, "receive from the NULL channel")                                              \
    X(SELECT, "select")                                                                            \
    X(EMPTY_SELECT, "select without a case that can happen")                                       \
    X(MUTEX, "lock mutex")                                                                         \
    X(WAIT_GROUP, "wait group")                                                                    \
    X(SEMAPHORE, "acquire semaphore")                                                              \
    X(READ_LOCK, "lock for reading")                                                               \
    X(WRITE_LOCK, "lock for writing")                                                              \
    X(COND, "condition")                                                                           \
    X(GROUP, "group")                                                                              \
    X(SLEEP, "sleep")                                                                              \
    X(BLOCKING, "a call that blocks its thread")                                                   \
    X(READ, "read from")                                                                           \
    X(WRITE, "write to")                                                                           \
    X(ACCEPT, "accept a connection from")                                                          \
    X(CONNECT, "connect")                                                                          \
    X(PROCS, "change of procs")

enum rt__wait {
#define RT__WAIT_ENUM(name, text) RT__WAIT_##name,
    RT__WAITS(RT__WAIT_ENUM) RT__WAITS_COUNT
#undef RT__WAIT_ENUM
};

/* Who may wake a task that several could wake (the cases of a select, a timeout): the one that
 * moves `claim` from OPEN to TAKEN. */
enum { RT__CLAIM_OPEN, RT__CLAIM_TAKEN };

struct rt__task {
    struct rt__task *link; /* next in the queue or free list that holds the task */
    void *sp;        /* saved stack pointer while it doesn't run; NULL: it can't be switched to */
    rt__stack stack; /* NULL until the first run */
    struct rt__worker *bound; /* the thread that it stands still on (monitor.h); NULL normally */
    void (*fn)(void *arg);
    void *arg;

    /* Written by the task itself before it parks, read by its waker and by reports. */
    _Atomic(uint32_t) claim;
    uint8_t state;               /* enum rt__task_state */
    uint8_t wait;                /* enum rt__wait */
    struct rt__waiter *woken_by; /* the waiter whose waker won the claim; NULL: the timeout */
    rt_site wait_site;
    const void *wait_object; /* the channel, mutex, ... that it waits for */

    /* Set at the spawn. */
    uint64_t id;
    uint64_t parent;
    struct rt_group *group; /* that it belongs to, or NULL */
    rt_site spawned_at;
    const char *name; /* by rt_set_name, or NULL */

#if defined(RT__ONE_THREAD)
    /* For virtual time (sim/). */
    int last_proc;   /* where it ran last, + 1; 0: nowhere yet */
    int64_t work_ps; /* what it has computed */
    int64_t
        span_ps; /* the longest chain of work and waits that had to come before where it is now */
    int64_t left_ps;   /* when it parked last, */
    int64_t awaits_ns; /* and how long the timer takes that it armed then */
#endif

    struct rt__fiber fiber; /* the sanitizers' idea of this task: empty in plain builds */
};

/* A fresh descriptor, state RUNNABLE, for fn(arg). From the proc's free list, filled from the
 * slabs. NULL when out of memory. */
struct rt__task *rt__task_new(struct rt__proc *proc, void (*fn)(void *), void *arg, rt_site here);

/* Gives a new task its stack - only now, when it first runs - so that switching to it calls
 * entry(). With no memory for it the program ends. */
void rt__task_prepare(struct rt__proc *proc, struct rt__task *task, void (*entry)(void));

/* Gives a descriptor back to the proc's free list. Its stack must be gone. */
void rt__task_free(struct rt__proc *proc, struct rt__task *task);

/* Calls visit(task, context) for every descriptor that is not free. The caller sees to it that
 * nothing it relies on changes meanwhile. */
void rt__task_each(void (*visit)(const struct rt__task *task, void *context), void *context);

/* Releases all slabs, or, with `keep`, forgets them: tasks in them still stand on their threads. */
void rt__task_release_all(bool keep);

/* Makes all slabs as good as new: the next run uses the same descriptors in the same order. Its
 * tasks are gone. */
void rt__task_rewind(void);

/* The size of its stack, the guard page included. */
RT__RACY static inline size_t rt__task_stack_bytes(const struct rt__task *task)
{
    return task->id == 1 ? RT__MAIN_STACK_BYTES : RT__STACK_BYTES;
}

/* How a wait reason reads in a report. */
const char *rt__wait_text(enum rt__wait wait);

/* Whether what a task waits for is that others leave something, a lock or a permit; or the clock,
 * or I/O. */
bool rt__wait_is_for_lock(enum rt__wait wait);
bool rt__wait_is_sleep(enum rt__wait wait);

#endif
