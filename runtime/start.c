/* start.c - rt_run: from the first worker to the last.
 *
 * The calling thread becomes the first worker. When the main task returns, all workers are asked to leave
 * their loops; the calling thread waits for the others and releases everything, so that rt_run can be
 * called again. */
#include <stdlib.h>
#include <string.h>

#include "overflow.h"
#include "report.h"
#include "rt.h"
#include "scheduler.h"
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

static void release_workers(const struct rt__worker *first)
{
    struct rt__worker *worker = rt__sched.all_workers;
    while (worker != NULL) {
        struct rt__worker *next = worker->all_link;
        if (worker != first) {
            pthread_join(worker->thread, NULL);
        }
        free(worker);
        worker = next;
    }
}

static void release_all(const struct rt__worker *first)
{
    release_workers(first);
    rt__procs_release();
    rt__task_release_all();
    rt__stack_release_all();
    rt__sched = (struct rt__sched){0};
}

static int run(struct rt__worker *worker, void (*main_fn)(void *), void *arg)
{
    atomic_store_explicit(&rt__sched.sentry_until, RT__NEVER, memory_order_relaxed);
    rt__sched.leaks = is_set("RT_LEAKS");
    worker->proc = rt__procs_start();
    struct rt__task *task =
        worker->proc != NULL ? rt__task_new(worker->proc, main_fn, arg, "main") : NULL;
    if (task == NULL) {
        return RT_ENOMEM;
    }
    task->name = "main";
    rt__run_queue_push(&worker->proc->queue, task);
    rt__overflow_watch();
    rt__worker_loop(worker);
    rt__overflow_unwatch();
    return RT_OK;
}

int rt_run(void (*main_fn)(void *arg), void *arg)
{
    if (main_fn == NULL) {
        return RT_EINVAL;
    }
    if (rt__sched.running) {
        return RT_EBUSY;
    }
    rt__sched.running = true;
    struct rt__worker *worker = rt__worker_new();
    int result = worker != NULL ? run(worker, main_fn, arg) : RT_ENOMEM;
    release_all(worker);
    return result;
}
