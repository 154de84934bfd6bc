/* standing.c - handing a proc from a thread that stands still to others, and back. */
#include "standing.h"

#include "futex.h"
#include "idle.h"
#include "monitor.h"
#include "perturb.h"
#include "rt.h"
#include "worker.h"

/* Whether a proc that is given up has something to do at once. */
static bool wants_worker(struct rt__proc *proc)
{
    return !rt__run_queue_ring_is_empty(&proc->queue) ||
           !rt__run_queue_next_is_empty(&proc->queue) ||
           atomic_load_explicit(&rt__sched.global_length, memory_order_seq_cst) > 0 ||
           rt__timers_earliest(&proc->timers) != RT__NEVER;
}

void rt__proc_hand_off(struct rt__proc *proc)
{
    if (!rt__proc_must_retire(proc) && wants_worker(proc)) {
        rt__worker_employ(proc, false);
        return;
    }
    rt__perturb_delay();
    rt__proc_release(proc);  /* I1 of the wake-up protocol (worker.h) */
    if (rt__work_exists()) { /* I3 */
        rt__wake_if_idle();
    }
    rt__sentry_ensure();
}

static void bind(struct rt__worker *worker, struct rt__task *task)
{
    task->bound = worker;
    task->sp = NULL;
}

void rt__standing_queue(struct rt__worker *worker)
{
    struct rt__proc *proc = worker->proc;
    struct rt__task *task = worker->task;
    atomic_store_explicit(&worker->stand, RT__STAND_QUEUED, memory_order_relaxed);
    worker->proc = NULL;
    task->state = RT__TASK_RUNNABLE;
    bind(worker, task);
    rt__global_put(task, task, 1);
    rt__proc_hand_off(proc);
}

static _Noreturn void stand_for_ever(struct rt__worker *worker)
{
    for (;;) {
        rt__futex_wait(&worker->granted, 0, -1);
    }
}

void rt__standing_regain(struct rt__worker *worker, struct rt__task *task)
{
    rt__lock_acquire(&rt__sched.lock);
    if (worker->abandoned || atomic_load_explicit(&rt__sched.stopping, memory_order_relaxed)) {
        rt__lock_release(&rt__sched.lock);
        stand_for_ever(worker);
    }
    struct rt__proc *proc = rt__proc_idle_get_locked();
    if (proc != NULL) {
        worker->proc = proc;
        atomic_store_explicit(&proc->holder, worker, memory_order_release);
        atomic_store_explicit(&worker->stand, RT__STAND_NONE, memory_order_relaxed);
    } else {
        task->state = RT__TASK_RUNNABLE;
        bind(worker, task);
        rt__global_put_locked(task, task, 1); /* S1 */
    }
    rt__lock_release(&rt__sched.lock);
    if (proc != NULL) {
        rt__monitor_notify(); /* it may sleep, since all procs were idle */
    } else {
        rt__wake_if_idle(); /* S2: a proc may have become idle just now */
        rt__standing_wait(worker);
    }
}

void rt__standing_grant(struct rt__worker *worker, struct rt__task *task)
{
    struct rt__worker *to = task->bound;
    struct rt__proc *proc = worker->proc;
    worker->proc = NULL;
    task->bound = NULL;
    task->state = RT__TASK_RUNNING;
    to->proc = proc;
    rt__perturb_delay();
    atomic_store_explicit(&to->stand, RT__STAND_NONE, memory_order_relaxed);
    rt__perturb_delay();
    atomic_store_explicit(&proc->holder, to, memory_order_release);
    /* release: pairs with the acquire in rt__standing_wait; all that other tasks did is seen by the
     * task. */
    atomic_store_explicit(&to->granted, 1, memory_order_release);
    rt__futex_wake(&to->granted, 1);
}

void rt__standing_wait(struct rt__worker *worker)
{
    while (atomic_load_explicit(&worker->granted, memory_order_acquire) == 0) {
        rt__futex_wait(&worker->granted, 0, -1);
    }
}
