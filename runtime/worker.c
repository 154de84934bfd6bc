/* worker.c - the workers' loop: find work, go idle, wake. The protocol and its proof are in worker.h; the
 * marks S1..S3 and I1..I4 below are its steps. */
#include "worker.h"

#include <stdlib.h>

#include "futex.h"
#include "monitor.h"
#include "overflow.h"
#include "perturb.h"
#include "poller.h"
#include "report.h"
#include "rt.h"
#include "scheduler.h"
#include "standing.h"
#include "trace.h"

/* After a search that found nothing, how long not to search again for the sake of one task that is about to
 * be run anyway. A search costs some 10 us on both sides: 1% of this. */
#define FRUITLESS_NS RT_MS

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
    worker->spinning = spinning;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, WORKER_STACK_BYTES);
    /* Under the lock, so that who walks all_workers finds a thread in each; none starts once all stops. */
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

static void wake(struct rt__worker *worker)
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

static void sentry_dismiss_locked(const struct rt__worker *worker)
{
    if (rt__sched.sentry == worker) {
        rt__sched.sentry = NULL;
        atomic_store_explicit(&rt__sched.sentry_until, RT__NEVER, memory_order_seq_cst);
    }
}

/* Takes a sleeping worker off the list and gives it the proc. NULL if none sleeps. */
static struct rt__worker *idle_worker_employ_locked(struct rt__proc *proc, bool spinning)
{
    struct rt__worker *worker = rt__sched.idle_workers;
    if (worker != NULL) {
        rt__sched.idle_workers = worker->idle_link;
        sentry_dismiss_locked(worker);
        worker->proc = proc;
        worker->spinning = spinning;
        atomic_store_explicit(&proc->holder, worker, memory_order_release);
    }
    return worker;
}

static void employ(struct rt__worker *worker, struct rt__proc *proc, bool spinning)
{
    rt__monitor_notify();
    if (worker != NULL) {
        wake(worker);
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

/* S3: gives an idle proc to a worker. The caller has counted it as spinning. If no proc is idle after all,
 * that is taken back under the lock: once it were free, a proc could become idle, and a submitter that
 * takes the spinner we counted for a real one would leave it asleep. */
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

static int64_t earliest_timer(void)
{
    int64_t earliest = RT__NEVER;
    int count = atomic_load_explicit(&rt__sched.procs_made, memory_order_acquire);
    for (int i = 0; i < count; i++) {
        int64_t when_ns = rt__timers_earliest(&rt__sched.procs_all[i]->timers);
        earliest = when_ns < earliest ? when_ns : earliest;
    }
    return earliest;
}

/* It has no proc: it sees that, and computes anew how long, and where, to sleep. */
bool rt__sentry_kick(void)
{
    rt__lock_acquire(&rt__sched.lock);
    struct rt__worker *sentry = rt__sched.sentry;
    if (sentry != NULL) {
        wake(sentry);
    }
    rt__lock_release(&rt__sched.lock);
    return sentry != NULL;
}

/* The order of the accesses matters: whoever makes the first proc idle, or becomes the sentry, looks at the
 * timers after that, and so sees the one that we were called for. */
void rt__sentry_notify(int64_t when_ns)
{
    if (atomic_load_explicit(&rt__sched.idle_procs, memory_order_seq_cst) > 0 &&
        when_ns < atomic_load_explicit(&rt__sched.sentry_until, memory_order_seq_cst) &&
        !rt__sentry_kick()) {
        rt__wake_if_idle(); /* it will find nothing to do, and become the sentry */
    }
}

void rt__sentry_ensure(void)
{
    if (atomic_load_explicit(&rt__sched.idle_procs, memory_order_relaxed) > 0) {
        rt__sentry_notify(earliest_timer());
    }
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
        wake(worker);
    }
    rt__lock_release(&rt__sched.lock);
    rt__monitor_notify();
}

/* ---- Spinning -------------------------------------------------------------------------------- */

static bool spin_begin(struct rt__worker *worker)
{
    if (!worker->spinning) {
        /* At most half as many spinners as busy procs: more of them find no more work, and each takes
         * a core from other programs. */
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
    if (worker->spinning) {
        worker->spinning = false;
        atomic_store_explicit(&rt__sched.fruitless_until, 0, memory_order_relaxed);
        int before = atomic_fetch_sub_explicit(&rt__sched.spinning, 1, memory_order_seq_cst);
        if (before == 1) {
            rt__wake_if_idle(); /* we may have been why others were not woken for more work */
        }
    }
}

/* ---- Going idle ------------------------------------------------------------------------------ */

/* Whether the proc holds a task that it will not run at once. One in the next slot counts only when it has
 * been left there for a while: in a conversation between two tasks the slot is filled and emptied all the
 * time, and nobody needs our help. Leaving it is safe: the proc is not idle, and will run it. */
static bool has_work(struct rt__proc *proc)
{
    if (!rt__run_queue_ring_is_empty(&proc->queue)) {
        return true;
    }
    uint32_t tick = atomic_load_explicit(&proc->tick, memory_order_relaxed);
    if (rt__run_queue_next_is_empty(&proc->queue)) {
        return false;
    }
    rt__pause_a_round();
    return atomic_load_explicit(&proc->tick, memory_order_relaxed) == tick &&
           !rt__run_queue_next_is_empty(&proc->queue);
}

bool rt__work_exists(void)
{
    if (atomic_load_explicit(&rt__sched.global_length, memory_order_seq_cst) > 0) {
        return true;
    }
    int count = atomic_load_explicit(&rt__sched.procs_made, memory_order_acquire);
    for (int i = 0; i < count; i++) {
        if (has_work(rt__sched.procs_all[i])) {
            return true;
        }
    }
    return false;
}

/* Nothing runs, nothing is runnable, and nothing from outside will change that. Only when all procs are
 * idle: a proc on its way to a woken worker is not. */
static bool asleep_for_ever_locked(void)
{
    return atomic_load_explicit(&rt__sched.idle_procs, memory_order_relaxed) ==
               rt__procs_active() &&
           rt__sched.retiring == 0 &&
           atomic_load_explicit(&rt__sched.blocking, memory_order_relaxed) == 0 &&
           rt__poller_waiting() == 0 && !rt__work_exists() && earliest_timer() == RT__NEVER;
}

/* I4: takes an idle proc back, for work that was seen or a timer that is due. As a spinner, so that it may take
 * that work wherever it lies: one who may not would see it, find nothing, and come here again and again. */
static bool proc_take_back(struct rt__worker *worker)
{
    rt__lock_acquire(&rt__sched.lock);
    worker->proc = rt__proc_idle_get_locked();
    if (worker->proc != NULL) {
        atomic_store_explicit(&worker->proc->holder, worker, memory_order_release);
    }
    rt__lock_release(&rt__sched.lock);
    if (worker->proc == NULL) {
        return false;
    }
    worker->spinning = true;
    atomic_fetch_add_explicit(&rt__sched.spinning, 1, memory_order_seq_cst);
    rt__monitor_notify();
    return true;
}

static void idle_worker_remove_locked(struct rt__worker *worker)
{
    struct rt__worker **link = &rt__sched.idle_workers;
    while (*link != NULL && *link != worker) {
        link = &(*link)->idle_link;
    }
    if (*link == worker) {
        *link = worker->idle_link;
    }
}

/* Puts the worker on the list of idle ones. Says how long it may sleep as the sentry - *until_ns, in the
 * poller if that is open and nobody is in it - or that it is not the sentry. */
static bool sleep_begin_locked(struct rt__worker *worker, int64_t *until_ns)
{
    /* With no proc to be had there is nothing to get up for; who lets one go looks at the timers. */
    bool useful = atomic_load_explicit(&rt__sched.idle_procs, memory_order_relaxed) > 0;
    int64_t earliest = useful ? earliest_timer() : RT__NEVER;
    bool is_sentry =
        earliest < atomic_load_explicit(&rt__sched.sentry_until, memory_order_relaxed) ||
        (rt__sched.sentry == NULL && rt__poller_is_open());
    if (is_sentry) {
        if (rt__sched.sentry != NULL) {
            wake(rt__sched.sentry); /* it may have the seat in the poller */
        }
        rt__sched.sentry = worker;
        atomic_store_explicit(&rt__sched.sentry_until, earliest, memory_order_seq_cst);
        rt__perturb_delay();
        /* A timer armed on a busy proc just before compared itself with the old sentry_until. But never
         * sleep longer than we said, though that timer may be gone: later ones are compared with it. */
        int64_t again = useful ? earliest_timer() : RT__NEVER;
        earliest = again < earliest ? again : earliest;
    }
    /* Whoever still has the seat is on its way out: it was woken, or an event did that. */
    bool sits = is_sentry && rt__poller_is_open() && rt__sched.seated == NULL;
    if (sits) {
        rt__sched.seated = worker;
    }
    atomic_store_explicit(&worker->wakeup, 0, memory_order_relaxed);
    atomic_store_explicit(&worker->in_poller, sits, memory_order_seq_cst);
    worker->idle_link = rt__sched.idle_workers;
    rt__sched.idle_workers = worker;
    *until_ns = earliest;
    return is_sentry;
}

static void put_ready(struct rt__ready_tasks ready)
{
    if (ready.count > 0) {
        rt__global_put(ready.first, ready.last, ready.count);
    }
}

static void sleep_until(struct rt__worker *worker, bool is_sentry, int64_t until_ns)
{
    int64_t timeout_ns = -1;
    if (is_sentry && until_ns != RT__NEVER) {
        int64_t now_ns = rt_now();
        timeout_ns = until_ns > now_ns ? until_ns - now_ns : 0;
    }
    if (atomic_load_explicit(&worker->in_poller, memory_order_relaxed)) {
        put_ready(rt__poller_wait(timeout_ns, &worker->wakeup));
    } else {
        rt__futex_wait(&worker->wakeup, 0, timeout_ns);
    }
}

/* The sentry, if there is another, sleeps on its futex for want of the seat. */
static void leave_seat_locked(struct rt__worker *worker)
{
    if (rt__sched.seated == worker) {
        rt__sched.seated = NULL;
        atomic_store_explicit(&worker->in_poller, false, memory_order_relaxed);
        if (rt__sched.sentry != NULL) {
            wake(rt__sched.sentry);
        }
    }
}

/* Sleeps until woken with a proc, or, as the sentry, until a timer is due or I/O is ready. */
static void sleep_without_proc(struct rt__worker *worker)
{
    rt__lock_acquire(&rt__sched.lock);
    if (atomic_load_explicit(&rt__sched.stopping, memory_order_relaxed)) {
        rt__lock_release(&rt__sched.lock);
        return;
    }
    if (!rt__sched.over && asleep_for_ever_locked()) {
        rt__sched.over = true; /* one of us says so */
        rt__lock_release(&rt__sched.lock);
        rt__asleep_for_ever(); /* returns only if that is how the program ends well */
        return;
    }
    int64_t until_ns;
    bool is_sentry = sleep_begin_locked(worker, &until_ns);
    rt__lock_release(&rt__sched.lock);

    int64_t asleep_ns = rt_now();
    sleep_until(worker, is_sentry, until_ns);
    atomic_fetch_add_explicit(&rt__sched.idle_ns, rt_now() - asleep_ns, memory_order_relaxed);

    rt__lock_acquire(&rt__sched.lock);
    if (worker->proc == NULL) { /* nobody took us off the list: the time has come, or a kick */
        idle_worker_remove_locked(worker);
        sentry_dismiss_locked(worker);
    }
    leave_seat_locked(worker);
    rt__lock_release(&rt__sched.lock);
}

static void wait_for_proc(struct rt__worker *worker)
{
    while (worker->proc == NULL &&
           !atomic_load_explicit(&rt__sched.stopping, memory_order_acquire)) {
        bool wanted = rt__work_exists() || earliest_timer() <= rt_now(); /* I3 */
        if (!wanted || !proc_take_back(worker)) {
            sleep_without_proc(worker);
        }
    }
    if (worker->proc != NULL) {
        rt__trace(RT__EVENT_LOOP, NULL);
    }
}

/* Lets the proc go and sleeps until there is work for it. Returns with a proc, or when all stops. */
static void go_idle(struct rt__worker *worker)
{
    struct rt__proc *proc = worker->proc;
    rt__trace(RT__EVENT_IDLE, NULL);
    worker->proc = NULL;
    rt__proc_release(proc); /* I1 */
    rt__perturb_delay();
    if (worker->spinning) {
        worker->spinning = false;
        atomic_store_explicit(&rt__sched.fruitless_until, rt_now() + FRUITLESS_NS,
                              memory_order_relaxed);
        atomic_fetch_sub_explicit(&rt__sched.spinning, 1, memory_order_seq_cst); /* I2 */
    }
    rt__perturb_delay();
    wait_for_proc(worker);
}

/* ---- The loop -------------------------------------------------------------------------------- */

/* Descriptors that became ready while all workers were busy. */
static struct rt__task *look_into_poller(struct rt__worker *worker)
{
    if (rt__poller_waiting() > 0) {
        put_ready(rt__poller_look());
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

/* One look at all there is. A proc that wants attention declines, though its ring may hold tasks: then
 * nothing may be stolen into that. */
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
        go_idle(worker);
    }
    return NULL;
}

/* The worker of a task that stands still gets our proc. */
static void give_proc_away(struct rt__worker *worker, struct rt__task *task)
{
    rt__standing_grant(worker, task);
    wait_for_proc(worker);
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

/* A new worker holds its proc. Not said by who started it: until he came to that, we might have given the
 * proc away again. The lock is held until worker->thread is known, which a look at the holder needs. */
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
