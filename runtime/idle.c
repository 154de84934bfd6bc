/* idle.c - workers without work: how they sleep, who of them watches the timers and the poller, and
 * how they come back. The protocols are in worker.h. */
#include "idle.h"

#include "futex.h"
#include "monitor.h"
#include "perturb.h"
#include "poller.h"
#include "rt.h"
#include "scheduler.h"
#include "standing.h"
#include "trace.h"

/* After a search that found nothing, and came upon a talk or was called for, how long not to search
 * again for the sake of one task that is about to be run anyway. A search costs some 10 us on both sides: 1% of
 * this. */
#define FRUITLESS_NS RT_MS

/* ---- The sentry ------------------------------------------------------------------------------ */

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
        rt__worker_wake(sentry);
    }
    rt__lock_release(&rt__sched.lock);
    return sentry != NULL;
}

/* The order of the accesses matters: whoever makes the first proc idle, or becomes the sentry,
 * looks at the timers after that, and so sees the one that we were called for. */
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

static void sentry_dismiss_locked(const struct rt__worker *worker)
{
    if (rt__sched.sentry == worker) {
        rt__sched.sentry = NULL;
        atomic_store_explicit(&rt__sched.sentry_until, RT__NEVER, memory_order_seq_cst);
    }
}

/* ---- The list of those who sleep ------------------------------------------------------------- */

struct rt__worker *rt__idle_worker_take_locked(void)
{
    struct rt__worker *worker = rt__sched.idle_workers;
    if (worker != NULL) {
        rt__sched.idle_workers = worker->idle_link;
        sentry_dismiss_locked(worker);
    }
    return worker;
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

/* ---- Is there anything to get up for? -------------------------------------------------------- */

/* Whether the proc holds a task that it will not run at once. One in the next slot counts only when
 * it has been left there for a while: in a conversation between two tasks the slot is filled and
 * emptied all the time, and nobody needs our help. Leaving it is safe: the proc is not idle, and
 * will run it. */
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

/* Nothing runs, nothing is runnable, and nothing from outside will change that. Only when all procs
 * are idle: a proc on its way to a woken worker is not. */
static bool asleep_for_ever_locked(void)
{
    return atomic_load_explicit(&rt__sched.idle_procs, memory_order_relaxed) ==
               rt__procs_active() &&
           rt__sched.retiring == 0 &&
           atomic_load_explicit(&rt__sched.blocking, memory_order_relaxed) == 0 &&
           rt__poller_waiting() == 0 && !rt__work_exists() && earliest_timer() == RT__NEVER;
}

/* ---- Going to sleep, and coming back --------------------------------------------------------- */

/* I4: takes an idle proc back, for work that was seen or a timer that is due. As a spinner, so that
 * it may take that work wherever it lies: one who may not would see it, find nothing, and come here
 * again and again. */
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

/* Puts the worker on the list of idle ones. Says how long it may sleep as the sentry - *until_ns,
 * in the poller if that is open and nobody is in it - or that it is not the sentry. */
static bool sleep_begin_locked(struct rt__worker *worker, int64_t *until_ns)
{
    /* With no proc to be had there is nothing to get up for; who lets one go looks at the
     * timers. */
    bool useful = atomic_load_explicit(&rt__sched.idle_procs, memory_order_relaxed) > 0;
    int64_t earliest = useful ? earliest_timer() : RT__NEVER;
    bool is_sentry =
        earliest < atomic_load_explicit(&rt__sched.sentry_until, memory_order_relaxed) ||
        (rt__sched.sentry == NULL && rt__poller_is_open());
    if (is_sentry) {
        if (rt__sched.sentry != NULL) {
            rt__worker_wake(rt__sched.sentry); /* it may have the seat in the poller */
        }
        rt__sched.sentry = worker;
        atomic_store_explicit(&rt__sched.sentry_until, earliest, memory_order_seq_cst);
        rt__perturb_delay();
        /* A timer armed on a busy proc just before compared itself with the old sentry_until. But
         * never sleep longer than we said, though that timer may be gone: later ones are compared
         * with it. */
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

static void sleep_until(struct rt__worker *worker, bool is_sentry, int64_t until_ns)
{
    int64_t timeout_ns = -1;
    if (is_sentry && until_ns != RT__NEVER) {
        int64_t now_ns = rt_now();
        timeout_ns = until_ns > now_ns ? until_ns - now_ns : 0;
    }
    if (atomic_load_explicit(&worker->in_poller, memory_order_relaxed)) {
        rt__poller_wait(timeout_ns, &worker->wakeup);
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
            rt__worker_wake(rt__sched.sentry);
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

void rt__wait_for_proc(struct rt__worker *worker)
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

void rt__go_idle(struct rt__worker *worker)
{
    struct rt__proc *proc = worker->proc;
    rt__trace(RT__EVENT_IDLE, NULL);
    worker->proc = NULL;
    rt__proc_release(proc); /* I1 */
    rt__perturb_delay();
    if (worker->spinning) {
        bool in_vain = worker->talk || worker->called;
        worker->spinning = worker->called = false;
        atomic_store_explicit(&rt__sched.fruitless_until, in_vain ? rt_now() + FRUITLESS_NS : 0,
                              memory_order_relaxed);
        atomic_fetch_sub_explicit(&rt__sched.spinning, 1, memory_order_seq_cst); /* I2 */
    }
    rt__perturb_delay();
    rt__wait_for_proc(worker);
}
