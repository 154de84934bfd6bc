/* mutex.c - mutual exclusion between tasks.
 *
 * `state` is LOCKED, plus WAITERS when tasks may be on the list. Locking a free mutex and unlocking
 * one without waiters are one compare-and-swap each. Otherwise `guard` protects the list.
 *
 * Who comes while the mutex is free takes it, even past waiters (barging): handing it on to a task
 * that must first be woken would leave it idle for the length of a wake-up, each time. To keep that
 * fair, a waiter that waited over STARVING_NS is handed the mutex: it stays LOCKED, for him. (Go's
 * sync.Mutex strikes the same bargain.)
 *
 * Invariant: a task on the list implies WAITERS, whenever guard is free. Waking one leaves WAITERS
 * set if the list is not empty; the woken one competes, and if it loses it goes back to the list's
 * front.
 *
 * Unlock touches the mutex for the last time in the instruction that frees it - the guard is
 * released before - so the task that locks next may also be the one that frees its memory. */
#include "alone.h"
#include "observe.h"
#include "perturb.h"
#include "procs.h"
#include "report.h"
#include "scheduler.h"
#include "spin.h"
#include "wait.h"
#include "worker.h"

#define LOCKED 1U
#define WAITERS 2U

#define STARVING_NS RT_MS

/* Looks at a mutex held on another proc before parking: a short critical section ends sooner than a
 * switch takes. Ever more seldom, for each look takes the cache line away from the holder
 * (lock.c). */
#define PAUSES_MIN 8
#define PAUSES_MAX 64

static bool try_lock(rt_mutex *m)
{
    uint32_t state = atomic_load_explicit(&m->state, memory_order_relaxed);
    /* acquire: pairs with the release in unlock. */
    return !(state & LOCKED) &&
           atomic_compare_exchange_strong_explicit(&m->state, &state, state | LOCKED,
                                                   memory_order_acquire, memory_order_relaxed);
}

static void own(rt_mutex *m, const struct rt__task *self, rt_site here)
{
    m->owner = self->id;
    m->held_at = here;
    rt__observe_lock(m, false, here);
}

static bool spin(rt_mutex *m)
{
    for (int pauses = PAUSES_MIN; pauses <= PAUSES_MAX; pauses *= 2) {
        for (int i = 0; i < pauses; i++) {
            rt__spin_pause();
        }
        if (try_lock(m)) {
            return true;
        }
    }
    return false;
}

/* Under the guard: takes the mutex if it is free now, else marks it as waited for. */
static bool lock_or_mark(rt_mutex *m)
{
    uint32_t state = atomic_load_explicit(&m->state, memory_order_relaxed);
    for (;;) {
        uint32_t to = state | (state & LOCKED ? WAITERS : LOCKED);
        if (atomic_compare_exchange_weak_explicit(&m->state, &state, to, memory_order_acquire,
                                                  memory_order_relaxed)) {
            return !(state & LOCKED);
        }
    }
}

static __attribute__((noinline)) int lock_slow(rt_mutex *m, struct rt__task *self, rt_site here)
{
    struct rt__waiter waiter = {.task = self, .since_ns = rt_now()};
    bool woken = false;
    for (;;) {
        if (rt__procs_active() > 1 && spin(m)) {
            return RT_OK;
        }
        rt__task_lock_acquire(&m->guard);
        if (lock_or_mark(m)) {
            rt__task_lock_release(&m->guard);
            return RT_OK;
        }
        waiter.status = RT_EAGAIN;
        int status = rt__wait_on(&m->guard, &m->waiters, &waiter, woken, RT__WAIT_MUTEX, m, here);
        if (status != RT_EAGAIN) {
            return status; /* RT_OK: handed to us, still LOCKED; or canceled */
        }
        woken = true;
    }
}

static __attribute__((noinline)) int lock_any(rt_mutex *m, rt_site here)
{
    struct rt__task *self = rt__self_or_misuse("rt_mutex_lock", here);
    rt__observe_want_lock(m, false, here);
    if (!rt__observe_excludes(m, here)) {
        return RT_OK;
    }
    if (!try_lock(m)) {
        rt__critical_begin();
        int status = lock_slow(m, self, here);
        rt__call_end();
        if (status != RT_OK) {
            return status;
        }
    }
    own(m, self, here);
    return RT_OK;
}

/* Locks a mutex that is free and that nobody waits for; so short that it needs no stack frame,
 * whose stores the locked instruction would have to wait for. One instruction needs no begin and
 * end, either. But where one thread runs all tasks, each call is a place where others may go
 * first. */
int rt_mutex_lock_at(rt_mutex *m, rt_site here)
{
#if !defined(RT__ONE_THREAD)
    struct rt__worker *worker = rt__worker();
    if (worker != NULL && worker->task != NULL) {
        const struct rt__task *self = worker->task;
        uint32_t state = 0;
        /* acquire: pairs with the release in unlock. */
        if (atomic_compare_exchange_strong_explicit(&m->state, &state, LOCKED, memory_order_acquire,
                                                    memory_order_relaxed)) {
            own(m, self, here);
            return RT_OK;
        }
    }
#endif
    return lock_any(m, here);
}

bool rt_mutex_try_lock_at(rt_mutex *m, rt_site here)
{
    struct rt__task *self = rt__self_or_misuse("rt_mutex_try_lock", here);
    rt__observe_use(m, here);
    if (!rt__observe_excludes(m, here)) {
        return true;
    }
    bool locked = try_lock(m);
    if (locked) {
        own(m, self, here);
    }
    return locked;
}

/* Frees the mutex and wakes a waiter, or hands it over. False if there was none to wake: all who
 * waited were canceled. Then the mutex stays LOCKED, because somebody may have come to wait since
 * the guard was let go: that needs another look, or he would wait for a free mutex. */
static __attribute__((noinline)) bool unlock_slow(rt_mutex *m)
{
    rt__task_lock_acquire(&m->guard);
    struct rt__waiter *waiter = rt__wait_list_pop(&m->waiters);
    if (m->waiters.first == NULL) {
        atomic_fetch_and_explicit(&m->state, ~WAITERS, memory_order_relaxed);
    }
    struct rt__task *task = waiter != NULL ? waiter->task : NULL;
    bool hand_over = waiter != NULL && rt_now() - waiter->since_ns > STARVING_NS;
    if (hand_over) {
        waiter->status = RT_OK;
    }
    rt__task_lock_release(&m->guard);
    rt__perturb_delay();
    if (task == NULL) {
        return false;
    }
    if (!hand_over) {
        /* release: pairs with the acquire of whoever locks next. The last access to *m. */
        atomic_fetch_and_explicit(&m->state, ~LOCKED, memory_order_release);
    }
    rt__ready(task);
    return true;
}

/* Frees a mutex that nobody waits for. */
static bool try_unlock(rt_mutex *m, uint32_t *state)
{
    *state = LOCKED;
    /* release: pairs with the acquire of whoever locks next. The last access to *m. */
    return atomic_compare_exchange_strong_explicit(&m->state, state, 0, memory_order_release,
                                                   memory_order_relaxed);
}

void rt__mutex_unlock_within(rt_mutex *m, rt_site here)
{
    if (!rt__observe_excludes(m, here)) {
        return;
    }
    rt__observe_unlock(m);
    uint32_t state;
    while (!try_unlock(m, &state)) {
        if (!(state & LOCKED)) {
            rt__misuse(here, "unlock of the mutex `%s`, which is not locked",
                       rt__site_object(here));
        }
        if (unlock_slow(m)) {
            return;
        }
    }
}

static __attribute__((noinline)) void unlock_waited_for(rt_mutex *m, rt_site here)
{
    rt__critical_begin();
    rt__observe_use(m, here);
    rt__mutex_unlock_within(m, here);
    rt__call_end();
}

/* One instruction needs no begin and end. But where one thread runs all tasks, each begin is a
 * place where others may go first. */
void rt_mutex_unlock_at(rt_mutex *m, rt_site here)
{
#if !defined(RT__ONE_THREAD)
    uint32_t state;
    if (try_unlock(m, &state)) {
        return;
    }
#endif
    unlock_waited_for(m, here);
}
