/* observe.h - what happens at the objects, told to those who watch a run: locks taken and freed,
 * and which of one task's actions come before which of another's. Nothing of it remains in the real
 * library; where one thread runs all tasks, a policy listens (one_thread/one_thread.h).
 *
 * The order is Go's: "happens before" of its memory model, with the same edges for the same calls.
 * Beside those told here, two are known to every policy: all that a task did before rt_go comes
 * before all that the new task does, and all before rt__ready() before what the readied task does
 * next. */
#ifndef RT_OBSERVE_H
#define RT_OBSERVE_H

#include <stdbool.h>

#include "rt.h"

#if defined(RT__ONE_THREAD)

#define RT__OBSERVED true

struct rt__task;

/* The running task is about to use an object, and nothing of it has happened yet: others may go
 * first. NULL: several objects. And: it is about to lock one, and will wait for it if need be. */
void rt__observe_use(const void *object, rt_site here);
void rt__observe_want_lock(const void *lock, bool shared, rt_site here);

/* The running task takes a lock, at once or after a wait; `shared`: others may hold it too. It
 * frees one. */
void rt__observe_lock(const void *lock, bool shared, rt_site here);
void rt__observe_unlock(const void *lock);

/* Whether a lock excludes anybody. A simulation may ask what would be if it did not: then it is
 * neither taken nor freed. Always the same for one lock. */
bool rt__observe_excludes(const void *lock, rt_site here);

/* All that the running task did comes before all that those do who acquire `at` later. */
void rt__observe_release(const void *at);
void rt__observe_acquire(const void *at);

/* A task that is parked did its part before it parked. It releases `at`, as of then; all that it
 * did before it parked comes before what the running task does next. */
void rt__observe_release_of(const struct rt__task *parked, const void *at);
void rt__observe_meet(const struct rt__task *parked);

/* The running task has tried something without waiting - a send, a receive, a select - in vain. */
void rt__observe_in_vain(const void *object);

/* It wakes one or all who wait for a condition now: whoever comes to wait later has missed it. */
void rt__observe_signal(const void *condition, rt_site here);

#else

#define RT__OBSERVED false

struct rt__task;

static inline void rt__observe_use(const void *object, rt_site here)
{
    (void)object, (void)here;
}
static inline void rt__observe_want_lock(const void *lock, bool shared, rt_site here)
{
    (void)lock, (void)shared, (void)here;
}
static inline void rt__observe_lock(const void *lock, bool shared, rt_site here)
{
    (void)lock, (void)shared, (void)here;
}
static inline void rt__observe_unlock(const void *lock)
{
    (void)lock;
}
static inline bool rt__observe_excludes(const void *lock, rt_site here)
{
    (void)lock, (void)here;
    return true;
}
static inline void rt__observe_release(const void *at)
{
    (void)at;
}
static inline void rt__observe_acquire(const void *at)
{
    (void)at;
}
static inline void rt__observe_release_of(const struct rt__task *parked, const void *at)
{
    (void)parked, (void)at;
}
static inline void rt__observe_meet(const struct rt__task *parked)
{
    (void)parked;
}
static inline void rt__observe_in_vain(const void *object)
{
    (void)object;
}
static inline void rt__observe_signal(const void *condition, rt_site here)
{
    (void)condition, (void)here;
}

#endif

#endif
