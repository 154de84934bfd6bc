/* one_thread.c - how tasks start, park, yield and end where one thread runs them all. See
 * one_thread.h.
 *
 * All switches go through the loop in rt_run, which stands on the caller's stack: a task switches
 * to it, and it switches to whoever's turn it is. Nothing here is contended; the locks of channels
 * and their like are taken and released as in the real scheduler, but nobody ever finds one held,
 * because no task leaves its stack with one but in a park, whose commit runs next. */
#include "one_thread/one_thread.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "alone.h"
#include "context.h"
#include "group.h"
#include "report.h"
#include "scheduler.h"
#include "stack.h"
#include "worker.h"

_Atomic(bool) rt__alone_flag = true;

static struct rt__task *running; /* NULL in the loop */
static void *loop_sp;
static struct rt__fiber loop_fiber;
static void (*commit)(void *context); /* to be done by the loop, for the task that has left */
static void *commit_context;

static void task_entry(void);

/* ---- Switching ------------------------------------------------------------------------------- */

/* From the running task to the loop. Returns when it is its turn again; errno stays the task's
 * own. */
static void leave(struct rt__task *self)
{
    int saved_errno = errno;
    rt__fiber_leave(&self->fiber, &loop_fiber);
    rt__context_switch(&self->sp, loop_sp);
    rt__fiber_arrive(&self->fiber);
    errno = saved_errno;
}

/* From the loop to a task. Returns when it has left. */
static void resume(struct rt__task *task)
{
    if (task->sp == NULL) {
        rt__task_prepare(rt__worker()->proc, task, task_entry);
    }
    task->state = RT__TASK_RUNNING;
    running = task;
    rt__fiber_leave(&loop_fiber, &task->fiber);
    rt__context_switch(&loop_sp, task->sp);
    rt__fiber_arrive(&loop_fiber);
    running = NULL;
    if (commit != NULL) {
        void (*now)(void *) = commit;
        commit = NULL;
        now(commit_context);
    }
}

static void leave_with(struct rt__task *self, void (*then)(void *), void *context)
{
    commit = then;
    commit_context = context;
    leave(self);
}

void rt__one_thread_pause(void)
{
    leave(running);
}

static void commit_yield(void *task)
{
    rt__ready_last(task);
}

void rt__one_thread_yield(void)
{
    if (rt__policy_leaves(running, RT__LEAVES_YIELDING)) {
        leave_with(running, commit_yield, running);
    }
}

/* ---- The narrow interface -------------------------------------------------------------------- */

struct rt__task *rt__self(void)
{
    return running;
}

struct rt__task *rt__self_or_misuse(const char *call, rt_site here)
{
    if (running == NULL) {
        rt__misuse(here,
                   "%s was called outside of a task: call it from a function that rt_run or "
                   "rt_go started",
                   call);
    }
    rt__policy_point();
    return running;
}

struct rt__task *rt__call_begin(const char *call, rt_site here)
{
    return rt__self_or_misuse(call, here);
}

/* For calls that are allowed outside of tasks. */
void rt__critical_begin(void)
{
    if (running != NULL) {
        rt__policy_point();
    }
}

bool rt__critical_end(void)
{
    return false;
}

void rt__call_end_slow(void)
{
}

void rt__park(void (*then)(void *context), void *context, enum rt__wait wait, const void *object,
              rt_site here)
{
    struct rt__task *self = running;
    self->wait = (uint8_t)wait;
    self->wait_object = object;
    self->wait_site = here;
    self->state = RT__TASK_WAITING;
    rt__count(&rt__worker()->proc->parks[wait]);
    rt__policy_leaves(self, RT__LEAVES_PARKED);
    leave_with(self, then, context);
    self->wait = RT__WAIT_NONE;
}

void rt__ready(struct rt__task *task)
{
    task->state = RT__TASK_RUNNABLE;
    rt__policy_ready(task, false);
}

void rt__ready_last(struct rt__task *task)
{
    task->state = RT__TASK_RUNNABLE;
    rt__policy_ready(task, true);
}

void rt__timer_arm(struct rt__timer *timer)
{
    int64_t when_ns = timer->when_ns;
    if (!rt__timers_add(&rt__worker()->proc->timers, timer)) {
        rt__report_no_memory("a timer");
    }
    rt__policy_timer(when_ns);
}

void rt__commit_unlock(void *lock)
{
    rt__lock_release(lock);
}

/* ---- Tasks ----------------------------------------------------------------------------------- */

void rt_yield(void)
{
    rt__call_begin("rt_yield", "");
    rt__one_thread_yield();
}

int rt__spawn(struct rt_group *group, void (*fn)(void *arg), void *arg, rt_site here)
{
    struct rt__task *self = running;
    if (fn == NULL) {
        rt__misuse(here, "the function of the new task is NULL");
    }
    if (group != NULL && !rt__group_join(group, group == self->group)) {
        return RT_ECANCELED;
    }
    struct rt__task *task = rt__task_new(rt__worker()->proc, fn, arg, here);
    if (task == NULL) {
        if (group != NULL) {
            rt__group_part(group);
        }
        rt__note_refused(here);
        return RT_ENOMEM;
    }
    task->parent = self->id;
    task->group = group;
    rt__policy_spawned(task);
    return RT_OK;
}

int rt_go_at(void (*fn)(void *arg), void *arg, rt_site here)
{
    struct rt_group *group = rt__call_begin("rt_go", here)->group;
    return rt__spawn(group, fn, arg, here);
}

/* The main task's stack has another size: it goes with the regions when the run ends. */
static void commit_finished(void *context)
{
    struct rt__task *task = context;
    struct rt__proc *proc = rt__worker()->proc;
    if (task->id != 1 && !rt__policy_keeps) {
        rt__stack_put(&proc->magazine, task->stack);
    }
    rt__fiber_release(&task->fiber);
    task->stack = NULL;
    rt__task_free(proc, task);
}

/* The end of a task is a point too: others may see it, in the group and in rt_num_tasks. */
static _Noreturn void finish(struct rt__task *task)
{
    rt__policy_point();
    rt__count(&rt__worker()->proc->finished);
    if (task->group != NULL) {
        rt__group_part(task->group);
    }
    if (task->id == 1) {
        rt__main_finished();
    }
    rt__policy_leaves(task, RT__LEAVES_ENDED);
    leave_with(task, commit_finished, task);
    RT__INVARIANT(!"a finished task was resumed");
    abort();
}

/* The first function on every task's stack. */
static void task_entry(void)
{
    struct rt__task *task = running;
    rt__fiber_arrive(&task->fiber);
    task->fn(task->arg);
    finish(task);
}

/* fn runs at once; the proc goes on without the task for as long as that took. */
void rt_blocking_at(void (*fn)(void *arg), void *arg, rt_site here)
{
    struct rt__task *self = rt__call_begin("rt_blocking", here);
    rt__policy_aside_ns();
    running = NULL; /* so that a call of the runtime from fn is told off, not obeyed */
    fn(arg);
    running = self;
    rt_sleep_at(rt__policy_aside_ns(), here);
}

/* ---- Runs ------------------------------------------------------------------------------------ */

static bool stopping, main_done, leaks;

void rt__main_finished(void)
{
    main_done = true;
    stopping = !leaks;
}

static void count_task(const struct rt__task *task, void *count)
{
    (void)task;
    ++*(int *)count;
}

void rt__asleep_for_ever(void)
{
    if (!main_done) {
        rt__report_deadlock();
    }
    int left = 0;
    rt__task_each(count_task, &left);
    if (left > 0) {
        rt__report_leaks();
    }
    stopping = true;
}

static int run(void (*main_fn)(void *), void *arg)
{
    const char *value = getenv("RT_LEAKS");
    leaks = value != NULL && strcmp(value, "1") == 0;
    stopping = main_done = false;
    rt__sched_reset();
    if (!rt__policy_start()) {
        return RT_ENOMEM;
    }
    struct rt__task *task = rt__task_new(rt__worker()->proc, main_fn, arg, "main");
    if (task == NULL) {
        return RT_ENOMEM;
    }
    task->name = "main";
    rt__policy_spawned(task);
    rt__fiber_init_thread(&loop_fiber);
    while (!stopping) {
        task = rt__policy_turn();
        if (task != NULL) {
            resume(task);
        } else {
            rt__asleep_for_ever();
        }
    }
    return RT_OK;
}

static bool busy;

static void end_run(void)
{
    rt__policy_finish();
    if (rt__policy_keeps) {
        rt__task_rewind();
        rt__stack_rewind();
    } else {
        rt__task_release_all(false);
        rt__stack_release_all(false);
    }
    rt__sched_reset();
    rt__worker_set(NULL);
    busy = false;
}

void rt__one_thread_abandon(void)
{
    running = NULL;
    commit = NULL;
    if (busy) {
        end_run();
    }
}

int rt_run(void (*main_fn)(void *arg), void *arg)
{
    if (main_fn == NULL) {
        return RT_EINVAL;
    }
    if (busy) {
        return RT_EBUSY;
    }
    busy = true;
    int result = run(main_fn, arg);
    end_run();
    return result;
}
