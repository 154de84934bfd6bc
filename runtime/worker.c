/* worker.c - the workers' loop: find work, steal, go idle, wake. The protocol and its proof are in
 * worker.h; the marks S1..S3 and I1..I4 below are its steps. */
#include "worker.h"

#include <stdlib.h>

#include "futex.h"
#include "overflow.h"
#include "report.h"
#include "rt.h"
#include "scheduler.h"
#include "spin.h"

/* A worker without work looks round all procs this often before it sleeps. A sleep and a wake-up cost
 * about 5 to 50 us of latency; looking costs a core that could run other programs. */
#define SEARCH_ROUNDS 8
#define PAUSES_PER_ROUND 40

/* Worker stacks hold the loop only, never a task. */
#define WORKER_STACK_BYTES ((size_t)256 << 10)

struct rt__sched rt__sched;

static void pause_a_round(void)
{
    for (int i = 0; i < PAUSES_PER_ROUND; i++) {
        rt__spin_pause();
    }
}

/* ---- Making and waking ----------------------------------------------------------------------- */

struct rt__worker *rt__worker_new(void)
{
    static _Atomic(uint64_t) seed;
    struct rt__worker *worker = calloc(1, sizeof *worker);
    if (worker != NULL) {
        worker->random = 0x9e3779b97f4a7c15U * (1 + atomic_fetch_add(&seed, 1));
        rt__lock_acquire(&rt__sched.lock);
        worker->all_link = rt__sched.all_workers;
        rt__sched.all_workers = worker;
        rt__lock_release(&rt__sched.lock);
    }
    return worker;
}

static void *thread_main(void *argument)
{
    rt__worker_loop(argument);
    return NULL;
}

/* A new worker on a thread of its own, spinning, with `proc`. */
static void start_one(struct rt__proc *proc)
{
    struct rt__worker *worker = rt__worker_new();
    if (worker == NULL) {
        rt__report_no_memory("a worker");
    }
    worker->proc = proc;
    worker->spinning = true;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, WORKER_STACK_BYTES);
    if (pthread_create(&worker->thread, &attributes, thread_main, worker) != 0) {
        rt__report_no_memory("a worker's thread");
    }
    pthread_attr_destroy(&attributes);
}

static void wake(struct rt__worker *worker)
{
    /* release: the worker sees the proc and the flags that we gave it. */
    atomic_store_explicit(&worker->wakeup, 1, memory_order_release);
    rt__futex_wake(&worker->wakeup, 1);
}

static struct rt__proc *idle_proc_get_locked(void)
{
    struct rt__proc *proc = rt__sched.idle_proc_list;
    if (proc != NULL) {
        rt__sched.idle_proc_list = proc->idle_link;
        proc->idle = false;
        atomic_fetch_sub_explicit(&rt__sched.idle_procs, 1, memory_order_seq_cst);
    }
    return proc;
}

void rt__proc_idle_put_locked(struct rt__proc *proc)
{
    proc->idle_link = rt__sched.idle_proc_list;
    rt__sched.idle_proc_list = proc;
    proc->idle = true;
    atomic_fetch_add_explicit(&rt__sched.idle_procs, 1, memory_order_seq_cst); /* I1 */
}

void rt__proc_idle_remove_locked(struct rt__proc *proc)
{
    struct rt__proc **link = &rt__sched.idle_proc_list;
    while (*link != proc) {
        link = &(*link)->idle_link;
    }
    *link = proc->idle_link;
    proc->idle = false;
    atomic_fetch_sub_explicit(&rt__sched.idle_procs, 1, memory_order_seq_cst);
}

static struct rt__worker *idle_worker_get_locked(void)
{
    struct rt__worker *worker = rt__sched.idle_workers;
    if (worker != NULL) {
        rt__sched.idle_workers = worker->idle_link;
        if (rt__sched.sentry == worker) {
            rt__sched.sentry = NULL;
            atomic_store_explicit(&rt__sched.sentry_until, RT__NEVER, memory_order_seq_cst);
        }
    }
    return worker;
}

/* Gives an idle proc to a sleeping or a new worker. The caller has counted it as spinning. */
static void wake_one(void)
{
    rt__lock_acquire(&rt__sched.lock);
    struct rt__proc *proc = idle_proc_get_locked();
    struct rt__worker *worker = proc != NULL ? idle_worker_get_locked() : NULL;
    if (worker != NULL) {
        worker->proc = proc; /* under the lock: a sentry may be waking by itself just now */
        worker->spinning = true;
    }
    rt__lock_release(&rt__sched.lock);
    if (worker != NULL) {
        wake(worker);
    } else if (proc != NULL) {
        start_one(proc);
    } else {
        atomic_fetch_sub_explicit(&rt__sched.spinning, 1, memory_order_seq_cst);
    }
}

void rt__wake_if_idle(void)
{
    if (atomic_load_explicit(&rt__sched.idle_procs, memory_order_seq_cst) == 0) { /* S2 */
        return;
    }
    int none = 0;
    if (atomic_load_explicit(&rt__sched.spinning, memory_order_seq_cst) == 0 && /* S2 */
        atomic_compare_exchange_strong_explicit(&rt__sched.spinning, &none, 1, memory_order_seq_cst,
                                                memory_order_relaxed)) {
        wake_one(); /* S3 */
    }
}

void rt__sentry_notify(int64_t when_ns)
{
    if (when_ns >= atomic_load_explicit(&rt__sched.sentry_until, memory_order_seq_cst)) {
        return;
    }
    rt__lock_acquire(&rt__sched.lock);
    struct rt__worker *sentry = rt__sched.sentry;
    rt__lock_release(&rt__sched.lock);
    if (sentry != NULL) {
        wake(sentry); /* it has no proc: it sees that, and computes its time anew */
    }
}

/* ---- The global queue ------------------------------------------------------------------------ */

void rt__global_put_locked(struct rt__task *first, struct rt__task *last, uint32_t count)
{
    last->link = NULL;
    *(rt__sched.global_last != NULL ? &rt__sched.global_last->link : &rt__sched.global_first) =
        first;
    rt__sched.global_last = last;
    atomic_fetch_add_explicit(&rt__sched.global_length, count, memory_order_seq_cst);
}

void rt__global_put(struct rt__task *first, struct rt__task *last, uint32_t count)
{
    rt__lock_acquire(&rt__sched.lock);
    rt__global_put_locked(first, last, count);
    rt__lock_release(&rt__sched.lock);
}

static struct rt__task *global_pop_locked(void)
{
    struct rt__task *task = rt__sched.global_first;
    rt__sched.global_first = task->link;
    if (task->link == NULL) {
        rt__sched.global_last = NULL;
    }
    return task;
}

struct rt__task *rt__global_get(struct rt__proc *proc)
{
    if (atomic_load_explicit(&rt__sched.global_length, memory_order_relaxed) == 0) {
        return NULL;
    }
    rt__lock_acquire(&rt__sched.lock);
    int64_t length = atomic_load_explicit(&rt__sched.global_length, memory_order_relaxed);
    if (length == 0) {
        rt__lock_release(&rt__sched.lock);
        return NULL;
    }
    /* A fair share: one to run, the others into the ring while it has room. */
    int64_t share = length / rt__procs_active() + 1;
    if (share > length) {
        share = length;
    }
    if (share > RT__RUN_QUEUE_SIZE / 2) {
        share = RT__RUN_QUEUE_SIZE / 2;
    }
    struct rt__task *run = global_pop_locked();
    int64_t taken = 1;
    while (taken < share && rt__run_queue_push(&proc->queue, rt__sched.global_first)) {
        global_pop_locked();
        taken++;
    }
    atomic_fetch_sub_explicit(&rt__sched.global_length, taken, memory_order_seq_cst);
    rt__lock_release(&rt__sched.lock);
    return run;
}

/* ---- Stealing -------------------------------------------------------------------------------- */

uint64_t rt__random(struct rt__worker *worker)
{ /* xorshift64 (Marsaglia 2003) */
    worker->random ^= worker->random << 13;
    worker->random ^= worker->random >> 7;
    worker->random ^= worker->random << 17;
    return worker->random;
}

/* The task in the victim's next slot is about to run there, warm: it is fair game only if the victim has
 * not picked any task during a whole round of ours. */
static struct rt__task *steal_next(struct rt__proc *victim, uint32_t tick_before)
{
    if (atomic_load_explicit(&victim->tick, memory_order_relaxed) != tick_before) {
        return NULL;
    }
    return rt__run_queue_take_next(&victim->queue);
}

static struct rt__task *steal_from(struct rt__worker *worker, struct rt__proc *victim,
                                   uint32_t *tick_seen, bool first_round)
{
    struct rt__task *task = rt__run_queue_steal(&victim->queue, &worker->proc->queue);
    if (task == NULL && !first_round) {
        task = steal_next(victim, *tick_seen);
    }
    *tick_seen = atomic_load_explicit(&victim->tick, memory_order_relaxed);
    return task;
}

/* Fires the timers that another proc is too busy to look at; whatever they wake lands on our queue. */
static struct rt__task *steal_timers(struct rt__worker *worker, struct rt__proc *victim)
{
    int64_t earliest = rt__timers_earliest(&victim->timers);
    if (earliest == RT__NEVER || earliest > rt_now()) {
        return NULL;
    }
    rt__timers_run(&victim->timers, rt_now());
    return rt__run_queue_pop_oldest(&worker->proc->queue);
}

/* One look at all other procs, in an order that starts anywhere. */
static struct rt__task *steal_round(struct rt__worker *worker, uint32_t *ticks_seen, int round)
{
    int count = atomic_load_explicit(&rt__sched.procs_made, memory_order_acquire);
    int start = (int)(rt__random(worker) % (uint64_t)count);
    for (int i = 0; i < count; i++) {
        int id = (start + i) % count;
        struct rt__proc *victim = rt__sched.procs_all[id];
        if (victim == worker->proc) {
            continue;
        }
        struct rt__task *task = steal_from(worker, victim, &ticks_seen[id], round == 0);
        if (task == NULL) {
            task = steal_timers(worker, victim);
        }
        if (task != NULL) {
            return task;
        }
    }
    return NULL;
}

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
        int before = atomic_fetch_sub_explicit(&rt__sched.spinning, 1, memory_order_seq_cst);
        if (before == 1) {
            rt__wake_if_idle(); /* we may have been why others were not woken for more work */
        }
    }
}

static struct rt__task *steal(struct rt__worker *worker)
{
    uint32_t ticks_seen[RT_MAX_PROCS] = {0};
    int rounds = rt__procs_active() > 1 ? SEARCH_ROUNDS : 1; /* alone, nobody will produce work */
    for (int round = 0; round < rounds; round++) {
        struct rt__task *task = steal_round(worker, ticks_seen, round);
        if (task == NULL) {
            task = rt__global_get(worker->proc);
        }
        if (task != NULL || atomic_load_explicit(&rt__sched.stopping, memory_order_relaxed)) {
            return task;
        }
        pause_a_round();
    }
    return NULL;
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
    pause_a_round();
    return atomic_load_explicit(&proc->tick, memory_order_relaxed) == tick &&
           !rt__run_queue_next_is_empty(&proc->queue);
}

/* Whether the global queue or any proc's holds a task that should be run now. */
static bool work_exists(void)
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

/* Nothing runs, nothing is runnable, and no timer will change that. Only when all procs are idle: a proc
 * on its way to a woken worker is not. */
static bool asleep_for_ever_locked(void)
{
    return atomic_load_explicit(&rt__sched.idle_procs, memory_order_relaxed) ==
               rt__procs_active() &&
           rt__sched.retiring == 0 && !work_exists() && earliest_timer() == RT__NEVER;
}

/* Takes an idle proc back, for work that was seen or a timer that is due. */
static bool proc_take_back(struct rt__worker *worker, bool spinning)
{
    rt__lock_acquire(&rt__sched.lock);
    worker->proc = idle_proc_get_locked();
    rt__lock_release(&rt__sched.lock);
    if (worker->proc == NULL) {
        return false;
    }
    if (spinning) {
        worker->spinning = true;
        atomic_fetch_add_explicit(&rt__sched.spinning, 1, memory_order_seq_cst);
    }
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

/* Sleeps until woken with a proc, or, as the sentry, until the first timer is due. */
static void sleep_without_proc(struct rt__worker *worker)
{
    rt__lock_acquire(&rt__sched.lock);
    if (atomic_load_explicit(&rt__sched.stopping, memory_order_relaxed)) {
        rt__lock_release(&rt__sched.lock);
        return;
    }
    if (asleep_for_ever_locked()) {
        rt__lock_release(&rt__sched.lock);
        rt__asleep_for_ever(); /* returns only if that is how the program ends well */
        return;
    }
    int64_t earliest = earliest_timer();
    bool is_sentry = earliest < atomic_load_explicit(&rt__sched.sentry_until, memory_order_relaxed);
    if (is_sentry) {
        rt__sched.sentry = worker;
        atomic_store_explicit(&rt__sched.sentry_until, earliest, memory_order_seq_cst);
        /* A timer armed on a busy proc just before compared itself with the old sentry_until. */
        earliest = earliest_timer();
    }
    worker->idle_link = rt__sched.idle_workers;
    rt__sched.idle_workers = worker;
    atomic_store_explicit(&worker->wakeup, 0, memory_order_relaxed);
    rt__lock_release(&rt__sched.lock);

    int64_t now_ns = is_sentry ? rt_now() : 0;
    if (!is_sentry) {
        rt__futex_wait(&worker->wakeup, 0, -1);
    } else if (earliest > now_ns) {
        rt__futex_wait(&worker->wakeup, 0, earliest - now_ns);
    }

    rt__lock_acquire(&rt__sched.lock);
    if (worker->proc == NULL) { /* nobody took us off the list: the time has come, or a kick */
        idle_worker_remove_locked(worker);
        if (rt__sched.sentry == worker) {
            rt__sched.sentry = NULL;
            atomic_store_explicit(&rt__sched.sentry_until, RT__NEVER, memory_order_seq_cst);
        }
    }
    rt__lock_release(&rt__sched.lock);
}

/* Lets the proc go and sleeps until there is work for it. Returns with a proc, or when all stops. */
static void go_idle(struct rt__worker *worker)
{
    bool was_spinning = worker->spinning;
    rt__proc_release(worker->proc); /* I1 */
    worker->proc = NULL;
    if (was_spinning) {
        worker->spinning = false;
        atomic_fetch_sub_explicit(&rt__sched.spinning, 1, memory_order_seq_cst); /* I2 */
    }
    while (worker->proc == NULL &&
           !atomic_load_explicit(&rt__sched.stopping, memory_order_acquire)) {
        bool wanted = work_exists() || earliest_timer() <= rt_now(); /* I3 */
        if (!wanted || !proc_take_back(worker, was_spinning)) {      /* I4 */
            sleep_without_proc(worker);
        }
    }
}

/* ---- The loop -------------------------------------------------------------------------------- */

static struct rt__task *find_work(struct rt__worker *worker)
{
    while (!atomic_load_explicit(&rt__sched.stopping, memory_order_acquire)) {
        struct rt__task *task = NULL;
        if (!rt__proc_must_retire(worker->proc)) {
            task = rt__pick_local(worker->proc);
            if (task == NULL && spin_begin(worker)) {
                task = steal(worker);
            }
        }
        if (task != NULL) {
            spin_end(worker);
            return task;
        }
        go_idle(worker);
    }
    return NULL;
}

void rt__worker_loop(struct rt__worker *worker)
{
    rt__worker_set(worker);
    rt__fiber_init_thread(&worker->fiber);
    if (!rt__overflow_thread_begin()) {
        rt__report_no_memory("a signal stack");
    }
    struct rt__task *task;
    while ((task = find_work(worker)) != NULL) {
        rt__run_task(worker, task);
    }
    rt__overflow_thread_end();
    rt__worker_set(NULL);
}

void rt__stop_all(void)
{
    rt__lock_acquire(&rt__sched.lock);
    atomic_store_explicit(&rt__sched.stopping, true, memory_order_release);
    for (int i = 0; i < rt__sched.procs_made; i++) {
        atomic_store_explicit(&rt__sched.procs_all[i]->attention, true, memory_order_relaxed);
    }
    for (struct rt__worker *worker = rt__sched.idle_workers; worker != NULL;
         worker = worker->idle_link) {
        wake(worker);
    }
    rt__lock_release(&rt__sched.lock);
}
