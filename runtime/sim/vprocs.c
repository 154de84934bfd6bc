/* vprocs.c - how many procs the simulated machine has: when a run starts, when the program changes
 * it, and when the run ends. See machine.h. */
#include "sim/machine.h"

#include <stdlib.h>

#include "one_thread/one_thread.h"
#include "procs.h"
#include "report.h"
#include "scheduler.h"
#include "sim/blame.h"
#include "sim/blocks.h"
#include "sim/costs.h"
#include "sim/locks.h"
#include "sim/result.h"
#include "sim/touched.h"
#include "trace.h"

static int wanted; /* by rt_procs before the run */

int rt__procs_active(void)
{
    return rt__sched.procs_active;
}

bool rt__proc_must_retire(const struct rt__proc *proc)
{
    return proc->id >= rt__procs_active();
}

int rt_num_cpu(void)
{
    return rt__vm.here != NULL ? rt__procs_active() : 1;
}

static int initial(void)
{
    const char *text = getenv("RT_PROCS");
    int n = wanted > 0 ? wanted : text != NULL ? atoi(text) : 1;
    return n < 1 ? 1 : n > RT_MAX_PROCS ? RT_MAX_PROCS : n;
}

static bool make_procs(int count)
{
    for (int id = rt__sched.procs_made; id < count; id++) {
        struct rt__vproc *vproc = calloc(1, sizeof *vproc);
        struct rt__proc *proc = aligned_alloc(64, (sizeof(struct rt__proc) + 63) & ~(size_t)63);
        if (vproc == NULL || proc == NULL) {
            return false;
        }
        *proc = (struct rt__proc){.id = id};
        rt__timers_init(&proc->timers);
        vproc->proc = proc;
        vproc->worker.proc = proc;
        vproc->worker.random = 0x9e3779b97f4a7c15U * (uint64_t)(id + 1);
        rt__vm.procs[id] = vproc;
        rt__sched.procs_all[id] = proc;
        rt__sched.procs_made = id + 1;
    }
    return true;
}

static void grow(int from, int to)
{
    if (!make_procs(to)) {
        rt__report_no_memory("a proc");
    }
    for (int id = to - 1; id >= from; id--) {
        rt__proc_idle_put_locked(rt__vm.procs[id]->proc);
    }
    rt__vm_wake_if_idle();
}

static void hand_over_timers(struct rt__vproc *vproc)
{
    if (!rt__timers_move(&vproc->proc->timers, &rt__vm.procs[0]->proc->timers)) {
        rt__report_no_memory("a timer");
    }
}

void rt__vm_retire(struct rt__vproc *vproc)
{
    struct rt__task *task = vproc->worker.task;
    vproc->active = false;
    vproc->worker.task = NULL; /* it may come back, and retire while it looks for work */
    if (task != NULL) {
        rt__vm.ledger.ready++;
        rt__global_put(task, task, 1);
    }
    while ((task = rt__run_queue_take_next(&vproc->proc->queue)) != NULL) {
        rt__global_put(task, task, 1);
    }
    while ((task = rt__run_queue_pop_oldest(&vproc->proc->queue)) != NULL) {
        rt__global_put(task, task, 1);
    }
    hand_over_timers(vproc);
    if (--rt__sched.retiring == 0 && rt__vm.changing != NULL) {
        task = rt__vm.changing;
        rt__vm.changing = NULL;
        task->state = RT__TASK_RUNNABLE;
        rt__vm.ledger.ready++;
        rt__global_put(task, task, 1);
    }
    rt__vm_wake_if_idle();
}

/* Idle procs and those that look for work retire at once, those that run a task at its next
 * point. */
static void shrink(int from, int to)
{
    for (int id = to; id < from; id++) {
        if (rt__vm.procs[id]->proc->idle) {
            rt__proc_idle_remove_locked(rt__vm.procs[id]->proc);
            hand_over_timers(rt__vm.procs[id]);
            continue;
        }
        rt__sched.retiring++;
        if (rt__vm.procs[id]->searching) {
            rt__vm.procs[id]->searching = false;
            rt__sched.spinning--;
            rt__vm_spend(rt__vm.procs[id]);
            rt__vm_retire(rt__vm.procs[id]);
        }
    }
}

int rt_procs(int n)
{
    int before = rt__vm.here != NULL ? rt__procs_active() : initial();
    n = n > RT_MAX_PROCS ? RT_MAX_PROCS : n;
    if (n <= 0) {
        return before;
    }
    if (rt__self() == NULL) {
        wanted = n;
        return before;
    }
    rt__call_begin("rt_procs", "");
    rt__vm_advance(rt__sched.idle_procs);
    rt__vm.changed = rt__vm.changed || n != before;
    rt__sched.procs_active = n;
    if (n > before) {
        grow(before, n);
    } else {
        shrink(before, n);
    }
    if (rt__sched.retiring > 0) {
        rt__vm.changing = rt__self();
        rt__park(NULL, NULL, RT__WAIT_PROCS, NULL, "rt_procs");
    }
    return before;
}

bool rt__policy_start(void)
{
    rt__costs_read();
    rt__blocks_reset();
    int count = initial();
    rt__vm = (struct rt__machine){0};
    if (!make_procs(count)) {
        return false;
    }
    rt__sched.procs_active = count;
    for (int id = count - 1; id > 0; id--) {
        rt__proc_idle_put_locked(rt__vm.procs[id]->proc);
    }
    rt__vm.here = rt__vm.procs[0];
    rt__vm.here->active = rt__vm.here->searching = true;
    rt__sched.spinning = 1;
    rt__worker_set(&rt__vm.here->worker);
    rt__trace_start();
    return true;
}

/* What no schedule can beat: a proc each for all the work, the longest chain, the lock that was
 * held longest. And what a schedule that leaves no proc idle while a task is ready cannot exceed
 * (Graham, Bounds on multiprocessing timing anomalies, 1969), where nothing else takes time. */
static void check_bounds(const struct rt__virtual_result *result)
{
    const struct rt__lock_use *longest;
    const int64_t *ps = result->spent.ps;
    int64_t procs = result->procs, time_ps = result->time_ps;
    bool locked = rt__locks_longest(&longest, 1) > 0;
    RT__INVARIANT(ps[RT__USER] <= procs * time_ps);
    RT__INVARIANT(result->span_ps <= time_ps);
    RT__INVARIANT(!locked || longest->held_ps <= time_ps);
    bool greedy = ps[RT__USER] + ps[RT__IDLE_LITTLE] == procs * time_ps;
    RT__INVARIANT(!greedy || procs * time_ps <= ps[RT__USER] + (procs - 1) * result->span_ps);
}

static void check(const struct rt__virtual_result *result)
{
    int64_t sum = 0;
    for (int state = 0; state < RT__STATES_COUNT; state++) {
        RT__INVARIANT(result->spent.ps[state] >= 0);
        sum += result->spent.ps[state];
    }
    if (!rt__vm.changed) { /* or P is not one number */
        RT__INVARIANT(sum == result->procs * result->time_ps);
        check_bounds(result);
    }
}

void rt__policy_finish(void)
{
    struct rt_stats stats;
    rt_stats_get(&stats);
    for (int id = 0; id < rt__sched.procs_made; id++) {
        if (rt__vm.procs[id]->active) {
            rt__vm_cut_off(rt__vm.procs[id]);
        }
    }
    struct rt__virtual_result result = {.procs = rt__procs_active(),
                                        .time_ps = rt__vm.now_ps,
                                        .spent = rt__vm.ledger.spent,
                                        .span_ps = rt__vm.span_ps,
                                        .sleeps = rt__vm.ledger.sleeps,
                                        .slept_ps = rt__vm.ledger.slept_ps,
                                        .any_slept_ps = rt__vm.ledger.any_slept_ps,
                                        .tasks = stats.tasks_started,
                                        .switches = stats.switches,
                                        .steals = stats.steals,
                                        .stops = rt__vm.stops};
    check(&result);
    rt__result_write(&result);
    rt__trace_finish();
    rt__locks_release();
    rt__touched_release();
    rt__blame_release();
    for (int id = 0; id < rt__sched.procs_made; id++) {
        rt__timers_release(&rt__vm.procs[id]->proc->timers);
        free(rt__vm.procs[id]->proc);
        free(rt__vm.procs[id]);
        rt__vm.procs[id] = NULL;
    }
    rt__vm.here = NULL;
}
