/* monitor.c - the monitor's rounds, and the handler that stops a hog. Theory in monitor.h. */
#include "monitor.h"

#include <errno.h>
#include <pthread.h>

#include "dump.h"
#include "futex.h"
#include "perturb.h"
#include "poller.h"
#include "rt.h"
#include "scheduler.h"
#include "standing.h"
#include "trace.h"
#include "worker.h"

/* A slice is Go's 10 ms: long against a switch, short against what a person notices. */
#define SLICE_NS (10 * RT_MS)
#define LOOK_NS (SLICE_NS / 2)

enum { MONITOR_AWAKE, MONITOR_ASLEEP };
static _Atomic(uint32_t) asleep; /* futex: ASLEEP while the monitor waits for any proc to be busy */
static _Atomic(uint32_t) calls;  /* futex: counts what the monitor should look at */
static struct sigaction before;

void rt__monitor_rouse(void)
{
    atomic_fetch_add_explicit(&calls, 1, memory_order_release);
    rt__futex_wake(&calls, 1);
    rt__monitor_notify();
}

/* ---- The hog's side -------------------------------------------------------------------------- */

/* The task stands still right here until it is granted a proc. */
static void stop(void)
{
    struct rt__worker *worker = rt__worker();
    if (worker == NULL || worker->task == NULL) {
        return;
    }
    int saved_errno = errno;
    rt__trace(RT__EVENT_STOPPED, worker->task);
    rt__perturb_delay();
    atomic_store_explicit(&worker->granted, 0, memory_order_relaxed);
    /* release: all that the task did so far is seen by who takes its proc. */
    atomic_store_explicit(&worker->stand, RT__STAND_STOPPED, memory_order_release);
    rt__monitor_rouse();
    rt__standing_wait(worker);
    rt__trace(RT__EVENT_RUN, worker->task);
    errno = saved_errno;
}

static void on_preempt(int signal)
{
    (void)signal;
    if (!rt__critical_wish()) {
        stop();
    }
}

void rt__stop_if_wanted(void)
{
    while (rt__critical_grant()) { /* as in the handler, no second signal gets in */
        stop();
        rt__critical_end();
    }
}

void rt__preempt_watch(void)
{
    /* ONSTACK: a task that is close to the end of its stack must not overflow because of us. */
    struct sigaction action = {.sa_handler = on_preempt, .sa_flags = SA_RESTART | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    sigaction(RT__PREEMPT, &action, &before);
}

void rt__preempt_unwatch(void)
{
    sigaction(RT__PREEMPT, &before, NULL);
}

/* ---- The monitor's side ---------------------------------------------------------------------- */

/* What the last look at a proc found. Time is measured by the clock, not in looks: each hog that
 * stops calls for a look at once, so with many procs they follow one another closely. */
struct look {
    uint32_t tick;
    int64_t since_ns; /* when we first saw that tick */
};

static bool others_wait(struct rt__proc *proc)
{
    return !rt__run_queue_ring_is_empty(&proc->queue) ||
           !rt__run_queue_next_is_empty(&proc->queue) ||
           atomic_load_explicit(&rt__sched.global_length, memory_order_relaxed) > 0 ||
           rt__timers_earliest(&proc->timers) <= rt_now() ||
           atomic_load_explicit(&proc->attention, memory_order_relaxed);
}

static void signal_thread(struct rt__worker *worker)
{
    pthread_kill(worker->thread, RT__PREEMPT);
}

static void look_at(struct rt__proc *proc, struct look *look, int64_t now_ns)
{
    struct rt__worker *holder = atomic_load_explicit(&proc->holder, memory_order_acquire);
    if (holder == NULL) {
        look->since_ns = now_ns;
        return;
    }
    if (atomic_load_explicit(&holder->stand, memory_order_acquire) == RT__STAND_STOPPED) {
        atomic_fetch_add_explicit(&rt__sched.stops, 1, memory_order_relaxed);
        rt__standing_queue(holder);
        return;
    }
    if (!rt__run_queue_ring_is_empty(&proc->queue)) {
        atomic_store_explicit(&proc->serve_oldest, true, memory_order_relaxed);
    }
    uint32_t tick = atomic_load_explicit(&proc->tick, memory_order_relaxed);
    if (tick != look->tick) {
        *look = (struct look){.tick = tick, .since_ns = now_ns};
        return;
    }
    if (!rt__run_queue_next_is_empty(&proc->queue)) {
        rt__wake_if_idle(); /* rt__wake_if_useful may have left it alone */
    }
    if (now_ns - look->since_ns >= SLICE_NS && others_wait(proc)) {
        signal_thread(holder);
    }
}

/* What was a talk may have ended long ago, and who fills a next slot looks at the clock only now
 * and then. */
static void forget_talk(int64_t now_ns)
{
    int64_t until_ns = atomic_load_explicit(&rt__sched.fruitless_until, memory_order_relaxed);
    if (until_ns != 0 && until_ns < now_ns) {
        atomic_store_explicit(&rt__sched.fruitless_until, 0, memory_order_relaxed);
    }
}

/* Descriptors that are ready while all procs are too busy to look. */
static void look_into_poller(void)
{
    if (rt__poller_waiting() > 0 && rt__poller_look() > 0) {
        rt__wake_if_idle();
    }
}

/* Sleeps while no proc is busy, those that are to retire included: a program that waits must not be
 * woken 200 times a second. */
static void sleep_while_idle(void)
{
    atomic_store_explicit(&asleep, MONITOR_ASLEEP, memory_order_seq_cst);
    while (atomic_load_explicit(&asleep, memory_order_seq_cst) == MONITOR_ASLEEP &&
           atomic_load_explicit(&rt__sched.idle_procs, memory_order_seq_cst) ==
               rt__procs_active() &&
           atomic_load_explicit(&rt__sched.retiring, memory_order_seq_cst) == 0 &&
           !atomic_load_explicit(&rt__sched.stopping, memory_order_seq_cst)) {
        rt__futex_wait(&asleep, MONITOR_ASLEEP, -1);
    }
    atomic_store_explicit(&asleep, MONITOR_AWAKE, memory_order_seq_cst);
}

void rt__monitor_notify(void)
{
    if (atomic_load_explicit(&asleep, memory_order_seq_cst) == MONITOR_ASLEEP) {
        atomic_store_explicit(&asleep, MONITOR_AWAKE, memory_order_seq_cst);
        rt__futex_wake(&asleep, 1);
    }
}

/* Looks at the workers, one after the other, and asks those that are not out to stop. One is out
 * when its thread has left its loop, stands in the handler, or is in rt_blocking. */
static bool all_are_out(void)
{
    bool all_out = true;
    rt__lock_acquire(&rt__sched.lock);
    for (struct rt__worker *worker = rt__sched.all_workers; worker != NULL;
         worker = worker->all_link) {
        if (!rt__worker_is_out(worker)) {
            all_out = false;
            signal_thread(worker);
        }
    }
    rt__lock_release(&rt__sched.lock);
    return all_out;
}

/* At the end: hogs are stopped for good. They are when two looks in a row say so: between the first
 * look at a hog that stands and that at a worker, the worker may have given its proc to the hog,
 * and left. */
static void stop_hogs(void)
{
    for (;;) {
        uint32_t seen = atomic_load_explicit(&calls, memory_order_acquire);
        if (all_are_out() && all_are_out()) {
            return;
        }
        rt__futex_wait(&calls, seen, RT_MS);
    }
}

void rt__monitor_run(void)
{
    struct look looks[RT_MAX_PROCS] = {0};
    while (!atomic_load_explicit(&rt__sched.stopping, memory_order_acquire)) {
        uint32_t seen = atomic_load_explicit(&calls, memory_order_acquire);
        int64_t now_ns = rt_now();
        int made = atomic_load_explicit(&rt__sched.procs_made, memory_order_acquire);
        for (int id = 0; id < made; id++) {
            look_at(rt__sched.procs_all[id], &looks[id], now_ns);
        }
        forget_talk(now_ns);
        look_into_poller();
        rt__dump_if_asked();
        sleep_while_idle();
        rt__futex_wait(&calls, seen, LOOK_NS);
    }
    stop_hogs();
}

bool rt__worker_is_out(struct rt__worker *worker)
{
    return atomic_load_explicit(&worker->out, memory_order_acquire) ||
           atomic_load_explicit(&worker->stand, memory_order_acquire) != RT__STAND_NONE;
}

void rt__worker_out(struct rt__worker *worker)
{
    /* release: pairs with the acquire in rt__worker_is_out. */
    atomic_store_explicit(&worker->out, true, memory_order_release);
    rt__monitor_rouse();
}
