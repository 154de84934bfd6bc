/* procs.c - rt_procs(): the number of procs, set while tasks run.
 *
 * More procs: new or retired ones go on the idle list, and the wake-up protocol finds them. Fewer:
 * those with the highest numbers *retire*. An idle one does so at once; a busy one gets
 * `attention`, its worker comes to its loop at the next scheduling point, moves its run queue to
 * the global one and lets it go. The caller of rt_procs is parked until the last has retired, so
 * when it goes on, no more tasks run than it asked for. It then moves the timers of those that
 * retired to proc 0, which never does.
 *
 * Lock order: waiter_guard -> rt__sched.lock. One task at a time changes the number
 * (`changing`). */
#include "procs.h"

#include <stdlib.h>

#include "alone.h"
#include "monitor.h"
#include "report.h"
#include "rt.h"
#include "scheduler.h"
#include "worker.h"

_Atomic(bool) rt__alone_flag;

static int wanted;              /* set by rt_procs before rt_run; 0: not set */
static rt_mutex changing;       /* held by the task that changes the number */
static rt__lock waiter_guard;   /* protects: */
static struct rt__task *waiter; /* parked until rt__sched.retiring is 0 */

int rt__procs_active(void)
{
    return atomic_load_explicit(&rt__sched.procs_active, memory_order_relaxed);
}

bool rt__proc_must_retire(const struct rt__proc *proc)
{
    return proc->id >= rt__procs_active();
}

static int at_most_max(long n)
{
    return n > RT_MAX_PROCS ? RT_MAX_PROCS : (int)n;
}

/* What RT_PROCS says; anything but a positive number is as good as nothing. */
static int from_environment(void)
{
    const char *text = getenv("RT_PROCS");
    char *end = NULL;
    long n = text != NULL ? strtol(text, &end, 10) : 0;
    return text != NULL && end != text && *end == '\0' && n > 0 ? at_most_max(n) : 0;
}

static int initial(void)
{
    int n = wanted > 0 ? wanted : from_environment();
    return n > 0 ? n : at_most_max(rt_num_cpu());
}

/* Makes procs_all[procs_made .. count). */
static bool make_locked(int count)
{
    for (int id = atomic_load_explicit(&rt__sched.procs_made, memory_order_relaxed); id < count;
         id++) {
        size_t bytes = (sizeof(struct rt__proc) + 63) & ~(size_t)63;
        struct rt__proc *proc = aligned_alloc(64, bytes);
        if (proc == NULL) {
            return false;
        }
        *proc = (struct rt__proc){.id = id};
        rt__timers_init(&proc->timers);
        rt__sched.procs_all[id] = proc;
        /* release: whoever sees the number sees the proc. */
        atomic_store_explicit(&rt__sched.procs_made, id + 1, memory_order_release);
    }
    return true;
}

struct rt__proc *rt__procs_start(void)
{
    int count = initial();
    rt__lock_acquire(&rt__sched.lock);
    bool made = make_locked(count);
    atomic_store_explicit(&rt__sched.procs_active, count, memory_order_relaxed);
    atomic_store_explicit(&rt__alone_flag, count == 1, memory_order_relaxed);
    for (int id = count - 1; made && id >= 1; id--) {
        rt__proc_idle_put_locked(rt__sched.procs_all[id]);
    }
    rt__lock_release(&rt__sched.lock);
    return made ? rt__sched.procs_all[0] : NULL;
}

void rt__procs_release(void)
{
    int made = atomic_load_explicit(&rt__sched.procs_made, memory_order_relaxed);
    for (int id = 0; id < made; id++) {
        rt__timers_release(&rt__sched.procs_all[id]->timers);
        free(rt__sched.procs_all[id]);
    }
    changing = (rt_mutex){0};
    waiter = NULL;
}

/* Puts all runnable tasks of a proc that the caller holds on the global queue. */
static void drain_locked(struct rt__proc *proc)
{
    struct rt__task *task;
    while ((task = rt__run_queue_pop_oldest(&proc->queue)) != NULL ||
           (task = rt__run_queue_take_next(&proc->queue)) != NULL) {
        rt__global_put_locked(task, task, 1);
    }
}

/* The guard is taken even where no proc retires: until the caller of rt_procs is off its stack, it
 * must not be found, and the last proc to retire readies it under the same lock that makes
 * `retiring` zero - else an idle worker could see a moment in which nothing runs, nothing retires,
 * and nobody is runnable. */
void rt__proc_release(struct rt__proc *proc)
{
    atomic_store_explicit(&proc->holder, NULL, memory_order_release);
    rt__lock_acquire(&waiter_guard);
    rt__lock_acquire(&rt__sched.lock);
    bool retires = rt__proc_must_retire(proc);
    if (retires) {
        drain_locked(proc);
        rt__sched.retiring--;
        if (rt__sched.retiring == 0 && waiter != NULL) {
            waiter->state = RT__TASK_RUNNABLE;
            rt__global_put_locked(waiter, waiter, 1);
            waiter = NULL;
        }
    } else {
        rt__proc_idle_put_locked(proc);
    }
    rt__lock_release(&rt__sched.lock);
    rt__lock_release(&waiter_guard);
    if (retires) {
        rt__wake_if_idle();
    }
}

static void grow_locked(int from, int to)
{
    for (int id = to - 1; id >= from; id--) {
        atomic_store_explicit(&rt__sched.procs_all[id]->attention, false, memory_order_relaxed);
        rt__proc_idle_put_locked(rt__sched.procs_all[id]);
    }
}

static void shrink_locked(int from, int to)
{
    for (int id = to; id < from; id++) {
        struct rt__proc *proc = rt__sched.procs_all[id];
        if (proc->idle) {
            rt__proc_idle_remove_locked(proc);
        } else {
            atomic_store_explicit(&proc->attention, true, memory_order_relaxed);
            rt__sched.retiring++;
        }
    }
}

/* Changes the number and returns whether the caller has to wait for procs to retire. */
static bool change(int n)
{
    rt__lock_acquire(&rt__sched.lock);
    int before = rt__procs_active();
    if (!make_locked(n)) {
        rt__report_no_memory("a proc");
    }
    atomic_store_explicit(&rt__sched.procs_active, n, memory_order_relaxed);
    if (n > before) {
        grow_locked(before, n);
    } else {
        shrink_locked(before, n);
    }
    bool wait = rt__sched.retiring > 0;
    rt__lock_release(&rt__sched.lock);
    return wait;
}

static void move_timers(int from, int to)
{
    for (int id = to; id < from; id++) {
        if (!rt__timers_move(&rt__sched.procs_all[id]->timers, &rt__sched.procs_all[0]->timers)) {
            rt__report_no_memory("a timer");
        }
    }
}

int rt_procs(int n)
{
    n = at_most_max(n);
    struct rt__task *self = rt__self();
    if (self == NULL) {
        int before = rt__procs_active() > 0 ? rt__procs_active() : initial();
        if (n > 0) {
            wanted = n;
        }
        return before;
    }
    if (n <= 0) {
        return rt__procs_active();
    }
    rt_mutex_lock_at(&changing, RT_HERE);
    rt__critical_begin();
    int before = rt__procs_active();
    atomic_store_explicit(&rt__alone_flag, false, memory_order_relaxed);
    rt__lock_acquire(&waiter_guard);
    if (change(n)) {
        waiter = self;
        rt__monitor_notify(); /* it sleeps if all that stay are idle; a hog may have to go */
        rt__park(rt__commit_unlock, &waiter_guard, RT__WAIT_PROCS, NULL, "rt_procs");
    } else {
        rt__lock_release(&waiter_guard);
    }
    move_timers(before, n);
    atomic_store_explicit(&rt__alone_flag, n == 1, memory_order_relaxed);
    rt__wake_if_idle(); /* there may be more procs now, and tasks waiting for them */
    rt__call_end();
    rt_mutex_unlock_at(&changing, RT_HERE);
    return before;
}
