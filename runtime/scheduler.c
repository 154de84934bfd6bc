/* scheduler.c - the real scheduler: how a task parks, is readied, yields, starts and ends.
 *
 * Running tasks hand the worker on directly: the one that parks picks the next from its proc and
 * switches to it, without passing through the worker's loop. Only when the proc has nothing to run,
 * or wants attention, does it switch to the loop, which can steal and sleep.
 *
 * Invariants:
 *   - a task's stack pointer is valid (task->sp) exactly while it is off its stack: from the commit
 *     that follows the switch away until the switch to it;
 *   - a task is in at most one queue, or on the lists of what it waits for, never both;
 *   - worker->commit is set only between a switch's start and the first instructions after it. */
#include "scheduler.h"

#include <stddef.h>

#include "context.h"
#include "group.h"
#include "idle.h"
#include "perturb.h"
#include "pick.h"
#include "report.h"
#include "trace.h"
#include "worker.h"

static void task_entry(void);

/* ---- Switching ------------------------------------------------------------------------------- */

/* A task without a stack pointer is new, or stands still on another thread: then the loop must give
 * that thread the proc. Returns whether the task can be switched to. */
static bool make_resumable(struct rt__worker *worker, struct rt__task *task)
{
    if (task->bound != NULL) {
        worker->grant = task;
        return false;
    }
    rt__task_prepare(worker->proc, task, task_entry);
    return true;
}

/* What every context does first when it gets the worker. */
static void arrived(void)
{
    struct rt__worker *worker = rt__worker();
    rt__fiber_arrive(worker->task != NULL ? &worker->task->fiber : &worker->fiber);
    void (*commit)(void *) = worker->commit;
    rt__perturb_delay();
    if (commit != NULL) {
        worker->commit = NULL;
        commit(worker->commit_context);
    }
    rt__run_due_timers(worker->proc);
}

/* Gives the worker to `next`, or to its loop if NULL. `from` is NULL when the running context never
 * comes back. Returns when the running context is resumed. */
static void switch_to(struct rt__worker *worker, void **save_sp, struct rt__fiber *from,
                      struct rt__task *next)
{
    if (next != NULL && next->sp == NULL && !make_resumable(worker, next)) {
        next = NULL;
    }
    worker->task = next;
    if (next == NULL) {
        rt__trace(RT__EVENT_LOOP, NULL);
        rt__fiber_leave(from, &worker->fiber);
        rt__context_switch(save_sp, worker->sp);
    } else {
        next->state = RT__TASK_RUNNING;
        rt__count(&worker->proc->switches);
        rt__trace(RT__EVENT_RUN, next);
        rt__fiber_leave(from, &next->fiber);
        rt__context_switch(save_sp, next->sp);
    }
    arrived();
}

/* The running task leaves its stack for `next`; commit runs once it has. errno stays the task's
 * own. */
static void leave(struct rt__worker *worker, struct rt__task *next, void (*commit)(void *),
                  void *context)
{
    struct rt__task *self = worker->task;
    int saved_errno = *worker->errno_at;
    worker->commit = commit;
    worker->commit_context = context;
    switch_to(worker, &self->sp, &self->fiber, next);
    *rt__worker()->errno_at = saved_errno;
}

void rt__run_task(struct rt__worker *worker, struct rt__task *task)
{
    switch_to(worker, &worker->sp, &worker->fiber, task);
}

struct rt__task *rt__pick_local(struct rt__proc *proc)
{
    rt__run_due_timers(proc);
    return rt__pick(proc, false);
}

/* ---- The narrow interface -------------------------------------------------------------------- */

struct rt__task *rt__self(void)
{
    struct rt__worker *worker = rt__worker();
    return worker != NULL ? worker->task : NULL;
}

struct rt__task *rt__call_begin(const char *call, rt_site here)
{
    rt__critical_begin();
    return rt__self_or_misuse(call, here);
}

static void commit_yield(void *task)
{
    rt__ready_last(task);
}

/* Lets others run, if there are any. Between begin and end. */
static void yield(struct rt__worker *worker)
{
    struct rt__task *self = worker->task;
    struct rt__task *next = rt__pick_in_exchange(worker->proc, self);
    if (next != NULL) {
        self->state = RT__TASK_RUNNABLE;
        rt__trace(RT__EVENT_YIELD, self);
        rt__trace(RT__EVENT_READY, self);
        leave(worker, next, NULL, NULL);
        return;
    }
    rt__run_due_timers(worker->proc);
    next = rt__pick(worker->proc, false);
    if (next != NULL || atomic_load_explicit(&worker->proc->attention, memory_order_relaxed)) {
        rt__trace(RT__EVENT_YIELD, self);
        leave(worker, next, commit_yield, self);
    }
}

void rt__call_end_slow(void)
{
    while (rt__critical_grant()) {
        struct rt__worker *worker = rt__worker();
        if (worker != NULL && worker->task != NULL) {
            yield(worker);
        }
        rt__critical_end(); /* maybe on another thread */
    }
}

struct rt__task *rt__self_or_misuse(const char *call, rt_site here)
{
    struct rt__task *self = rt__self();
    if (self == NULL) {
        rt__misuse(here,
                   "%s was called outside of a task: call it from a function that rt_run or "
                   "rt_go started",
                   call);
    }
    return self;
}

void rt__park(void (*commit)(void *context), void *context, enum rt__wait wait, const void *object,
              rt_site here)
{
    struct rt__worker *worker = rt__worker();
    struct rt__task *self = worker->task;
    self->wait = (uint8_t)wait;
    self->wait_object = object;
    self->wait_site = here;
    self->state = RT__TASK_WAITING;
    rt__count(&worker->proc->parks[wait]);
    rt__trace(RT__EVENT_PARK, self);
    leave(worker, rt__pick(worker->proc, true), commit, context);
    self->wait = RT__WAIT_NONE;
}

void rt__ready(struct rt__task *task)
{
    struct rt__proc *proc = rt__worker()->proc;
    task->state = RT__TASK_RUNNABLE;
    rt__trace(RT__EVENT_READY, task);
    struct rt__task *displaced = rt__run_queue_set_next(&proc->queue, task);
    if (displaced != NULL) {
        rt__enqueue(proc, displaced);
        rt__wake_if_idle();
    } else {
        rt__wake_if_useful(proc);
    }
}

void rt__ready_last(struct rt__task *task)
{
    task->state = RT__TASK_RUNNABLE;
    rt__trace(RT__EVENT_READY, task);
    rt__enqueue_last(rt__worker()->proc, task);
    rt__wake_if_idle();
}

void rt__timer_arm(struct rt__timer *timer)
{
    int64_t when_ns = timer->when_ns; /* it may fire, and be gone, before we return */
    if (!rt__timers_add(&rt__worker()->proc->timers, timer)) {
        rt__report_no_memory("a timer");
    }
    if (rt__worker()->task != NULL) { /* the loop looks at the timers by itself before it sleeps */
        rt__sentry_notify(when_ns);
    }
}

void rt__commit_unlock(void *lock)
{
    rt__lock_release(lock);
}

/* ---- Tasks ----------------------------------------------------------------------------------- */

void rt_yield(void)
{
    rt__call_begin("rt_yield", "");
    yield(rt__worker());
    rt__call_end();
}

int rt__spawn(struct rt_group *group, void (*fn)(void *arg), void *arg, rt_site here)
{
    struct rt__worker *worker = rt__worker();
    struct rt__task *self = worker->task;
    if (fn == NULL) {
        rt__misuse(here, "the function of the new task is NULL");
    }
    if (group != NULL && !rt__group_join(group, group == self->group)) {
        return RT_ECANCELED;
    }
    struct rt__task *task = rt__task_new(worker->proc, fn, arg, here);
    if (task == NULL) {
        if (group != NULL) {
            rt__group_part(group);
        }
        rt__note_refused(here);
        return RT_ENOMEM;
    }
    task->parent = self->id;
    task->group = group;
    rt__trace(RT__EVENT_SPAWN, task);
    rt__enqueue(worker->proc, task);
    rt__wake_if_idle();
    return RT_OK;
}

int rt_go_at(void (*fn)(void *arg), void *arg, rt_site here)
{
    int error = rt__spawn(rt__call_begin("rt_go", here)->group, fn, arg, here);
    rt__call_end();
    return error;
}

/* Runs off the finished task's stack, on whatever runs next. */
static void commit_finished(void *context)
{
    struct rt__task *task = context;
    struct rt__proc *proc = rt__worker()->proc;
    rt__stack_put(&proc->magazine, task->stack);
    rt__fiber_release(&task->fiber);
    task->stack = NULL;
    rt__task_free(proc, task);
}

/* The main task's stack has another size: it goes with the regions when the runtime stops. */
static void commit_main_finished(void *context)
{
    struct rt__task *task = context;
    rt__fiber_release(&task->fiber);
    task->stack = NULL;
    rt__task_free(rt__worker()->proc, task);
}

/* The task has returned from its function: gives the worker to the next task. Returns that task if
 * it can start right here on the stack of the finished one - no switch, and the stack is still in
 * the cache - and doesn't return otherwise. */
static struct rt__task *finish(struct rt__task *task)
{
    struct rt__worker *worker = rt__worker();
    struct rt__proc *proc = worker->proc;
    bool is_main = task->id == 1;
    /* release: pairs with the acquire in rt_num_tasks; who no longer counts a task sees what it
     * did. */
    atomic_store_explicit(&proc->finished,
                          atomic_load_explicit(&proc->finished, memory_order_relaxed) + 1,
                          memory_order_release);
    rt__trace(RT__EVENT_END, task);
    if (task->group != NULL) {
        rt__group_part(task->group);
    }
    if (is_main) {
        rt__main_finished();
    }
    rt__run_due_timers(proc);
    struct rt__task *next = rt__pick(proc, false);
#if !defined(RT__WATCHED) /* tools want a fiber for each task */
    if (next != NULL && next->sp == NULL && next->bound == NULL && !is_main) {
        next->stack = task->stack;
        task->stack = NULL;
        rt__task_free(proc, task);
        next->state = RT__TASK_RUNNING;
        worker->task = next;
        rt__count(&proc->switches);
        rt__trace(RT__EVENT_RUN, next);
        return next;
    }
#endif
    worker->commit = is_main ? commit_main_finished : commit_finished;
    worker->commit_context = task;
    switch_to(worker, &task->sp, NULL, next);
    RT__INVARIANT(!"a finished task was resumed");
    return NULL;
}

/* The first function on every task's stack. */
static void task_entry(void)
{
    arrived();
    struct rt__task *task = rt__self();
    for (;;) {
        rt__call_end();
        task->fn(task->arg);
        rt__critical_begin();
        task = finish(task);
    }
}
