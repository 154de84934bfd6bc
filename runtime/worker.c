/* worker.c - the workers' loop: find work, run it, wake others. How they sleep is in idle.c; the
 * protocol between the two, and its proof, in worker.h: the marks S1..S3 and I1..I4 are its
 * steps. */
#include "worker.h"

#include <stdlib.h>

#include "futex.h"
#include "idle.h"
#include "monitor.h"
#include "overflow.h"
#include "perturb.h"
#include "poller.h"
#include "report.h"
#include "rt.h"
#include "scheduler.h"
#include "standing.h"
#include "trace.h"

/* How many of these tasks pass between two looks at the clock, which costs as much as a message. */
#define SKIPPED_PER_LOOK 64

/* A worker's stack holds its loop, and what fn of rt_blocking does not: that runs on the task's. */
#define WORKER_STACK_BYTES ((size_t)256 << 10)

/* ---- Starting, employing, waking ------------------------------------------------------------- */

static void *thread_main(void *worker);

void rt__worker_start(struct rt__proc *proc, bool spinning)
{
    static _Atomic(uint64_t) seed;
    struct rt__worker *worker = calloc(1, sizeof *worker);
    if (worker == NULL) {
        rt__report_no_memory("a worker");
    }
    worker->random = 0x9e3779b97f4a7c15U * (1 + atomic_fetch_add(&seed, 1));
    worker->proc = proc;
    worker->spinning = worker->called = spinning;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, WORKER_STACK_BYTES);
    /* Under the lock, so that who walks all_workers finds a thread in each; none starts once all
     * stops. */
    rt__lock_acquire(&rt__sched.lock);
    if (atomic_load_explicit(&rt__sched.stopping, memory_order_relaxed)) {
        free(worker);
    } else if (pthread_create(&worker->thread, &attributes, thread_main, worker) != 0) {
        rt__report_no_memory("a worker's thread");
    } else {
        worker->all_link = rt__sched.all_workers;
        rt__sched.all_workers = worker;
    }
    rt__lock_release(&rt__sched.lock);
    pthread_attr_destroy(&attributes);
}

void rt__worker_wake(struct rt__worker *worker)
{
    /* release: the worker sees the proc and the flags that we gave it. */
    atomic_store_explicit(&worker->wakeup, 1, memory_order_release);
    rt__perturb_delay();
    if (atomic_load_explicit(&worker->in_poller, memory_order_seq_cst)) {
        rt__poller_interrupt();
    } else {
        rt__futex_wake(&worker->wakeup, 1);
    }
}

/* Takes a sleeping worker off the list and gives it the proc. NULL if none sleeps. */
static struct rt__worker *idle_worker_employ_locked(struct rt__proc *proc, bool spinning)
{
    struct rt__worker *worker = rt__idle_worker_take_locked();
    if (worker != NULL) {
        worker->proc = proc;
        worker->spinning = worker->called = spinning;
        atomic_store_explicit(&proc->holder, worker, memory_order_release);
    }
    return worker;
}

static void employ(struct rt__worker *worker, struct rt__proc *proc, bool spinning)
{
    rt__monitor_notify();
    if (worker != NULL) {
        rt__worker_wake(worker);
    } else {
        rt__worker_start(proc, spinning);
    }
}

void rt__worker_employ(struct rt__proc *proc, bool spinning)
{
    rt__lock_acquire(&rt__sched.lock);
    struct rt__worker *worker = idle_worker_employ_locked(proc, spinning);
    rt__lock_release(&rt__sched.lock);
    employ(worker, proc, spinning);
}

/* S3: gives an idle proc to a worker. The caller has counted it as spinning. If no proc is idle
 * after all, that is taken back under the lock: once it were free, a proc could become idle, and a
 * submitter that takes the spinner we counted for a real one would leave it asleep. */
static void wake_one(void)
{
    rt__lock_acquire(&rt__sched.lock);
    struct rt__proc *proc = rt__proc_idle_get_locked();
    struct rt__worker *worker = proc != NULL ? idle_worker_employ_locked(proc, true) : NULL;
    if (proc == NULL) {
        atomic_fetch_sub_explicit(&rt__sched.spinning, 1, memory_order_seq_cst);
    }
    rt__lock_release(&rt__sched.lock);
    if (proc != NULL) {
        employ(worker, proc, true);
    }
}

void rt__wake_if_idle(void)
{
    rt__perturb_delay();
    if (atomic_load_explicit(&rt__sched.idle_procs, memory_order_seq_cst) == 0) { /* S2 */
        return;
    }
    rt__perturb_delay();
    int none = 0;
    if (atomic_load_explicit(&rt__sched.spinning, memory_order_seq_cst) == 0 && /* S2 */
        atomic_compare_exchange_strong_explicit(&rt__sched.spinning, &none, 1, memory_order_seq_cst,
                                                memory_order_relaxed)) {
        wake_one();
    }
}

void rt__wake_if_useful(struct rt__proc *proc)
{
    if (atomic_load_explicit(&rt__sched.idle_procs, memory_order_relaxed) == 0 ||
        atomic_load_explicit(&rt__sched.spinning, memory_order_relaxed) > 0) {
        return;
    }
    int64_t until_ns = atomic_load_explicit(&rt__sched.fruitless_until, memory_order_relaxed);
    if (!rt__perturb_choice() && until_ns != 0 &&
        (++proc->skipped % SKIPPED_PER_LOOK != 0 || rt_now() < until_ns)) {
        return;
    }
    rt__wake_if_idle();
}

void rt__stop_all(void)
{
    rt__lock_acquire(&rt__sched.lock);
    atomic_store_explicit(&rt__sched.stopping, true, memory_order_seq_cst);
    for (int i = 0; i < rt__sched.procs_made; i++) {
        atomic_store_explicit(&rt__sched.procs_all[i]->attention, true, memory_order_relaxed);
    }
    for (struct rt__worker *worker = rt__sched.idle_workers; worker != NULL;
         worker = worker->idle_link) {
        rt__worker_wake(worker);
    }
    rt__lock_release(&rt__sched.lock);
    rt__monitor_notify();
}

/* ---- Spinning -------------------------------------------------------------------------------- */

static bool spin_begin(struct rt__worker *worker)
{
    if (!worker->spinning) {
        /* At most half as many spinners as busy procs: more of them find no more work, and each
         * takes a core from other programs. */
        int busy =
            rt__procs_active() - atomic_load_explicit(&rt__sched.idle_procs, memory_order_relaxed);
        if (2 * atomic_load_explicit(&rt__sched.spinning, memory_order_relaxed) >= busy) {
            return false;
        }
        worker->spinning = true;
        atomic_fetch_add_explicit(&rt__sched.spinning, 1, memory_order_seq_cst);
    }
    return true;
}

static void spin_end(struct rt__worker *worker)
{
    worker->called = false;
    if (worker->spinning) {
        worker->spinning = false;
        atomic_store_explicit(&rt__sched.fruitless_until, 0, memory_order_relaxed);
        int before = atomic_fetch_sub_explicit(&rt__sched.spinning, 1, memory_order_seq_cst);
        if (before == 1) {
            rt__wake_if_idle(); /* we may have been why others were not woken for more work */
        }
    }
}

/* ---- The loop -------------------------------------------------------------------------------- */

/* Descriptors that became ready while all workers were busy. */
static struct rt__task *look_into_poller(struct rt__worker *worker)
{
    if (rt__poller_waiting() > 0) {
        rt__poller_look();
    }
    return rt__global_get(worker->proc, RT__GLOBAL_BATCH);
}

/* Descriptors become ready many at a time, and nobody has been woken for them. */
static void wake_for_rest(struct rt__proc *proc)
{
    if (!rt__run_queue_ring_is_empty(&proc->queue) ||
        atomic_load_explicit(&rt__sched.global_length, memory_order_relaxed) > 0) {
        rt__wake_if_idle();
    }
}

/* One look at all there is. A proc that wants attention declines, though its ring may hold tasks:
 * then nothing may be stolen into that. */
static struct rt__task *look_for_work(struct rt__worker *worker)
{
    struct rt__task *task = rt__pick_local(worker->proc);
    if (atomic_load_explicit(&worker->proc->attention, memory_order_relaxed)) {
        return task;
    }
    if (task == NULL) {
        task = look_into_poller(worker);
    }
    if (task == NULL && spin_begin(worker)) {
        task = rt__steal(worker);
    }
    return task;
}

static struct rt__task *find_work(struct rt__worker *worker)
{
    while (!atomic_load_explicit(&rt__sched.stopping, memory_order_acquire)) {
        struct rt__task *task = look_for_work(worker);
        if (task != NULL) {
            spin_end(worker);
            wake_for_rest(worker->proc);
            rt__sentry_ensure();
            return task;
        }
        rt__go_idle(worker);
    }
    return NULL;
}

/* The worker of a task that stands still gets our proc. */
static void give_proc_away(struct rt__worker *worker, struct rt__task *task)
{
    rt__standing_grant(worker, task);
    rt__wait_for_proc(worker);
}

static void loop(struct rt__worker *worker)
{
    struct rt__task *task;
    while ((task = find_work(worker)) != NULL) {
        if (task->bound == NULL) {
            rt__run_task(worker, task);
            task =
                worker->grant; /* what the last task in the chain picked but couldn't switch to */
            worker->grant = NULL;
        }
        if (task != NULL) {
            give_proc_away(worker, task);
        }
    }
}

/* A new worker holds its proc. Not said by who started it: until he came to that, we might have
 * given the proc away again. The lock is held until worker->thread is known, which a look at the
 * holder needs. */
static void hold(struct rt__worker *worker)
{
    rt__lock_acquire(&rt__sched.lock);
    atomic_store_explicit(&worker->proc->holder, worker, memory_order_release);
    rt__lock_release(&rt__sched.lock);
}

static void *thread_main(void *argument)
{
    struct rt__worker *worker = argument;
    rt__critical_begin(); /* only tasks are ever stopped */
    rt__worker_set(worker);
    worker->errno_at = rt__errno_location();
    rt__fiber_init_thread(&worker->fiber);
    if (!rt__overflow_thread_begin()) {
        rt__report_no_memory("a signal stack");
    }
    hold(worker);
    rt__trace(RT__EVENT_LOOP, NULL);
    loop(worker);
    rt__overflow_thread_end();
    rt__worker_set(NULL);
    rt__worker_out(worker);
    return NULL;
}
