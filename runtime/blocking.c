/* blocking.c - calls that block the thread: the proc goes on without it.
 *
 * The proc is handed off before the call, not only after it has turned out to be slow: a call that
 * is worth wrapping takes longer than the microsecond this costs. Afterwards the task takes an idle
 * proc if there is one; else it queues, bound to its thread, as a stopped hog does (monitor.h). */
#include "scheduler.h"
#include "standing.h"
#include "worker.h"

void rt_blocking_at(void (*fn)(void *arg), void *arg, rt_site here)
{
    struct rt__task *self = rt__call_begin("rt_blocking", here);
    struct rt__worker *worker = rt__worker();
    struct rt__proc *proc = worker->proc;
    self->wait = RT__WAIT_BLOCKING;
    self->wait_site = here;
    self->state = RT__TASK_WAITING;
    worker->blocking = self;
    worker->task = NULL; /* so that a call of the runtime from fn is told off, not obeyed */
    worker->proc = NULL;
    atomic_store_explicit(&worker->granted, 0, memory_order_relaxed);
    atomic_store_explicit(&worker->stand, RT__STAND_BLOCKING, memory_order_release);
    atomic_fetch_add_explicit(&rt__sched.blocking, 1, memory_order_seq_cst);
    rt__proc_hand_off(proc);

    fn(arg);

    int saved_errno = *worker->errno_at;
    rt__standing_regain(worker, self);
    atomic_fetch_sub_explicit(&rt__sched.blocking, 1, memory_order_seq_cst);
    worker->blocking = NULL;
    worker->task = self;
    self->wait = RT__WAIT_NONE;
    self->state = RT__TASK_RUNNING;
    *worker->errno_at = saved_errno;
    rt__call_end();
}
