/* search.c - how procs look for work, in the order and with the rules of the real workers
 * (worker.c), each round as a step that takes its time. See machine.h. */
#include "sim/blame.h"
#include "sim/costs.h"
#include "sim/machine.h"

#include "pick.h"
#include "report.h"
#include "scheduler.h"
#include "trace.h"

/* As in idle.c: after a search in vain, how long not to wake anyone for one task that is about to be
 * run anyway. */
#define FRUITLESS_PS (RT_MS * RT__PS_PER_NS)

void rt__vm_wake(int64_t late_ps, bool called)
{
    struct rt__vproc *vproc = rt__vm.procs[rt__proc_idle_get_locked()->id];
    RT__INVARIANT(vproc->worker.task == NULL);
    rt__vm_advance(rt__sched.idle_procs + 1);
    vproc->active = vproc->searching = true;
    vproc->worker.called = called;
    vproc->round = 0;
    vproc->order = rt__vm.orders++;
    vproc->step_ends = rt__vm.now_ps;
    rt__vm_charge(vproc, RT__SCHEDULER, late_ps);
    rt__sched.spinning++;
    rt__vm.others_ps = vproc->step_ends < rt__vm.others_ps ? vproc->step_ends : rt__vm.others_ps;
}

void rt__vm_wake_if_idle(void)
{
    if (rt__sched.idle_procs > 0 && rt__sched.spinning == 0) {
        rt__vm_wake(rt__costs.wake, true);
    }
}

void rt__vm_wake_if_useful(void)
{
    if (rt__vm.now_ps >= rt__vm.fruitless_until_ps) {
        rt__vm_wake_if_idle();
    }
}

void rt__vm_run_next(struct rt__vproc *vproc, struct rt__task *task)
{
    vproc->worker.task = task;
    vproc->searching = false;
    vproc->slice_began = vproc->step_ends;
    rt__vm.ledger.ready--;
    int64_t before_ps = vproc->step_ends;
    bool is_new = task->sp == NULL;
    rt__vm_charge(vproc, RT__SCHEDULER, is_new ? rt__costs.start : rt__costs.switch_);
    rt__vm_touch(vproc, &task->last_proc);
    rt__blame(is_new || task->wait == RT__WAIT_NONE ? task->spawned_at : task->wait_site)
        ->overhead_ps += vproc->step_ends - before_ps;
    rt__count(&vproc->proc->switches);
    rt__trace(RT__EVENT_RUN, task);
}

/* The search has found something, and may have been why others were not woken for more. */
static void search_succeeded(struct rt__vproc *vproc, struct rt__task *task)
{
    rt__vm_run_next(vproc, task);
    rt__vm.fruitless_until_ps = 0;
    if (--rt__sched.spinning == 0) {
        rt__vm_wake_if_idle();
    }
}

void rt__vm_go_idle(struct rt__vproc *vproc)
{
    vproc->active = false;
    rt__vm_advance(rt__sched.idle_procs);
    rt__proc_idle_put_locked(vproc->proc);
}

/* Out of tasks: looks for work elsewhere, unless enough others do. */
void rt__vm_search_begin(struct rt__vproc *vproc)
{
    int busy = rt__procs_active() - rt__sched.idle_procs;
    vproc->worker.task = NULL;
    rt__trace(RT__EVENT_LOOP, NULL);
    if (rt__proc_must_retire(vproc->proc) || 2 * rt__sched.spinning >= busy) {
        vproc->searching = false; /* turn() lets it go */
        return;
    }
    vproc->searching = true;
    vproc->worker.called = false;
    vproc->round = 0;
    rt__sched.spinning++;
}

/* One round; the task found, or NULL. */
static struct rt__task *search_round(struct rt__vproc *vproc)
{
    if (vproc->round == 0) {
        for (int id = 0; id < RT_MAX_PROCS; id++) {
            vproc->ticks_seen[id] = 0;
        }
        rt__vm_run_due_timers(vproc);
        struct rt__task *own = rt__pick(vproc->proc, false);
        if (own != NULL) {
            return own;
        }
    }
    rt__vm.in_timers = true; /* whom it wakes, a timer of another proc wakes */
    struct rt__task *task = rt__steal_round(&vproc->worker, vproc->ticks_seen, vproc->round);
    rt__vm.in_timers = false;
    if (task != NULL) {
        rt__vm_charge(vproc, RT__SEARCH, rt__costs.steal);
        return task;
    }
    return rt__global_get(vproc->proc, RT__GLOBAL_BATCH);
}

static bool ring_has_work(void)
{
    for (int id = 0; id < rt__sched.procs_made; id++) {
        if (!rt__run_queue_ring_is_empty(&rt__sched.procs_all[id]->queue)) {
            return true;
        }
    }
    return rt__sched.global_length > 0;
}

void rt__vm_search(struct rt__vproc *vproc)
{
    struct rt__task *task = search_round(vproc);
    if (task != NULL) {
        search_succeeded(vproc, task);
        return;
    }
    int rounds = rt__procs_active() > 1 ? RT__SEARCH_ROUNDS : 1;
    if (++vproc->round < rounds || ring_has_work()) {
        rt__vm_charge(vproc, RT__SEARCH, rt__costs.look);
        return;
    }
    bool in_vain = vproc->worker.talk || vproc->worker.called;
    rt__vm.fruitless_until_ps = in_vain ? rt__vm.now_ps + FRUITLESS_PS : 0;
    vproc->searching = false;
    rt__sched.spinning--;
    rt__vm_go_idle(vproc);
}
