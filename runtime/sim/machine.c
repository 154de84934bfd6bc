/* machine.c - time on the simulated machine: steps, which is the earliest, what they cost. See
 * machine.h. */
#include "sim/machine.h"

#include "pick.h"
#include "scheduler.h"
#include "sim/blame.h"
#include "sim/blocks.h"
#include "sim/costs.h"

struct rt__machine rt__vm;

int64_t rt_now(void)
{
    int64_t burst_ps = rt__self() != NULL ? rt__blocks_untaken() * rt__costs.block : 0;
    return ((rt__vm.here != NULL ? rt__vm.here->step_ends : rt__vm.now_ps) + burst_ps) /
           RT__PS_PER_NS;
}

void rt__vm_charge(struct rt__vproc *vproc, enum rt__state state, int64_t ps)
{
    vproc->step.ps[state] += ps;
    vproc->step_ends += ps;
}

void rt__vm_charge_burst(void)
{
    int64_t burst_ps = rt__blocks_take() * rt__costs.block;
    rt__self()->work_ps += burst_ps;
    rt__self()->span_ps += burst_ps;
    rt__vm_charge(rt__vm.here, RT__USER, burst_ps);
}

void rt__vm_spend(struct rt__vproc *vproc)
{
    for (int state = 0; state < RT__STATES_COUNT; state++) {
        rt__vm.ledger.spent.ps[state] += vproc->step.ps[state];
        vproc->step.ps[state] = 0;
    }
}

void rt__vm_cut_off(struct rt__vproc *vproc)
{
    int64_t over = vproc->step_ends - rt__vm.now_ps;
    for (int state = 0; state < RT__STATES_COUNT; state++) {
        int64_t cut = vproc->step.ps[state] < over ? vproc->step.ps[state] : over;
        vproc->step.ps[state] -= cut;
        over -= cut;
    }
    rt__vm_spend(vproc);
}

static bool earlier(const struct rt__vproc *one, const struct rt__vproc *other)
{
    return one->step_ends != other->step_ends ? one->step_ends < other->step_ends
                                              : one->order < other->order;
}

struct rt__vproc *rt__vm_earliest(const struct rt__vproc *but)
{
    struct rt__vproc *first = NULL;
    for (int id = 0; id < rt__sched.procs_made; id++) {
        struct rt__vproc *vproc = rt__vm.procs[id];
        if (vproc->active && vproc != but && (first == NULL || earlier(vproc, first))) {
            first = vproc;
        }
    }
    return first;
}

int64_t rt__vm_timer_ps(void)
{
    int64_t earliest_ns = RT__NEVER;
    for (int id = 0; id < rt__sched.procs_made && rt__sched.idle_procs > 0; id++) {
        int64_t when_ns = rt__timers_earliest(&rt__sched.procs_all[id]->timers);
        earliest_ns = when_ns < earliest_ns ? when_ns : earliest_ns;
    }
    if (earliest_ns >= RT__NEVER / RT__PS_PER_NS) {
        return RT__NEVER;
    }
    int64_t when_ps = earliest_ns * RT__PS_PER_NS;
    return when_ps > rt__vm.now_ps ? when_ps : rt__vm.now_ps;
}

int rt__vm_running(void)
{
    int running = 0;
    for (int id = 0; id < rt__sched.procs_made; id++) {
        running += rt__vm.procs[id]->active && rt__vm.procs[id]->worker.task != NULL;
    }
    return running;
}

/* Time has gone on to now_ps, with `idle` procs idle. If that was because there was too little to
 * do at once, the tasks that ran meanwhile share the blame. */
void rt__vm_advance(int idle)
{
    int64_t lost_ps = (rt__vm.now_ps - rt__vm.ledger.now_ps) * idle;
    if (rt__ledger_advance(&rt__vm.ledger, rt__vm.now_ps, idle) != RT__IDLE_LITTLE ||
        lost_ps == 0) {
        return;
    }
    int running = rt__vm_running();
    for (int id = 0; id < rt__sched.procs_made; id++) {
        if (rt__vm.procs[id]->active && rt__vm.procs[id]->worker.task != NULL) {
            rt__blame_alone(rt__vm.procs[id]->worker.task, lost_ps / running);
        }
    }
}

void rt__vm_run_due_timers(struct rt__vproc *vproc)
{
    rt__vm.in_timers = true;
    rt__run_due_timers(vproc->proc);
    rt__vm.in_timers = false;
}

void rt__vm_touch(struct rt__vproc *vproc, int *last_proc)
{
    if (*last_proc != vproc->proc->id + 1) {
        rt__vm_charge(vproc, RT__SCHEDULER, *last_proc != 0 ? rt__costs.transfer : 0);
        *last_proc = vproc->proc->id + 1;
    }
}
