/* start.c - rt_run: from the first worker to the last.
 *
 * All workers are threads of their own; the calling thread is the monitor (monitor.h). When the
 * main task returns, the workers are asked to leave their loops, those that compute are stopped
 * where they are, and everything is released, so that rt_run can be called again. */
#include <stdlib.h>
#include <string.h>

#include "dump.h"
#include "monitor.h"
#include "overflow.h"
#include "poller.h"
#include "report.h"
#include "rt.h"
#include "scheduler.h"
#include "trace.h"
#include "worker.h"

void rt__main_finished(void)
{
    if (rt__sched.leaks) {
        rt__lock_acquire(&rt__sched.lock);
        rt__sched.main_done =
            true; /* the others go on until each has ended or is asleep for ever */
        rt__lock_release(&rt__sched.lock);
    } else {
        rt__stop_all();
    }
}

static void count_task(const struct rt__task *task, void *count)
{
    (void)task;
    ++*(int *)count;
}

void rt__asleep_for_ever(void)
{
    if (!rt__sched.main_done) {
        rt__report_deadlock();
    }
    int left = 0;
    rt__task_each(count_task, &left);
    if (left > 0) {
        rt__report_leaks();
    }
    rt__stop_all();
}

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value != NULL && strcmp(value, "1") == 0;
}

/* Joins the workers that have left their loops. One that stands still (standing.h) never comes
 * back: it is left alone, with its memory; returns whether there are such. */
static bool release_workers(void)
{
    static struct rt__worker *abandoned; /* keeps them reachable for leak checkers */
    bool any = false;
    rt__lock_acquire(&rt__sched.lock);
    struct rt__worker *worker = rt__sched.all_workers;
    while (worker != NULL) {
        struct rt__worker *next = worker->all_link;
        if (atomic_load_explicit(&worker->out, memory_order_acquire)) {
            pthread_join(worker->thread, NULL);
            free(worker);
        } else {
            worker->abandoned = true;
            worker->all_link = abandoned;
            abandoned = worker;
            any = true;
        }
        worker = next;
    }
    rt__lock_release(&rt__sched.lock);
    return any;
}

/* The descriptors and stacks of tasks that were abandoned with their threads stay: code stands on
 * them. */
static void release_all(bool abandoned)
{
    rt__procs_release();
    rt__poller_release();
    rt__task_release_all(abandoned);
    rt__stack_release_all(abandoned);
    rt__sched_reset();
}

/* Sets *abandoned if threads stay behind. */
static int run(void (*main_fn)(void *), void *arg, bool *abandoned)
{
    rt__sched_reset();
    rt__sched.leaks = is_set("RT_LEAKS");
    struct rt__proc *proc = rt__procs_start();
    struct rt__task *task = proc != NULL ? rt__task_new(proc, main_fn, arg, "main") : NULL;
    if (task == NULL) {
        return RT_ENOMEM;
    }
    task->name = "main";
    rt__run_queue_push(&proc->queue, task);
    rt__trace_start();
    rt__dump_watch();
    rt__overflow_watch();
    rt__preempt_watch();
    rt__worker_start(proc, false);
    rt__monitor_run();
    /* Joined first: the monitor's last signal may still be on its way to a thread, and its handler
     * has to be there until then. */
    *abandoned = release_workers();
    rt__preempt_unwatch();
    rt__overflow_unwatch();
    rt__dump_unwatch();
    rt__trace_finish();
    return RT_OK;
}

int rt_run(void (*main_fn)(void *arg), void *arg)
{
    static _Atomic(bool) running;
    if (main_fn == NULL) {
        return RT_EINVAL;
    }
    if (atomic_exchange_explicit(&running, true, memory_order_acquire)) {
        return RT_EBUSY;
    }
    bool abandoned = false;
    int result = run(main_fn, arg, &abandoned);
    release_all(abandoned);
    atomic_store_explicit(&running, false, memory_order_release);
    return result;
}
