/* virtual.c - the policy of virtual time: what tasks do, and whose turn it is. The rules are in
 * virtual.h. */
#include "sim/virtual.h"

#include "one_thread/one_thread.h"
#include "pick.h"
#include "procs.h"
#include "report.h"
#include "scheduler.h"
#include "sim/blame.h"
#include "sim/blocks.h"
#include "sim/costs.h"
#include "sim/locks.h"
#include "sim/machine.h"
#include "trace.h"

const bool rt__policy_keeps = false;

/* ---- Turns ----------------------------------------------------------------------------------- */

/* Takes the step of `here`, which has ended. Whether its task goes on now. */
static bool take_step(void)
{
    rt__vm_spend(rt__vm.here);
    rt__worker_set(&rt__vm.here->worker);
    if (rt__proc_must_retire(rt__vm.here->proc) && !rt__vm.here->searching) {
        rt__vm_retire(rt__vm.here);
        return false;
    }
    if (rt__vm.here->searching) {
        rt__vm_search(rt__vm.here);
        return false;
    }
    if (rt__vm.here->worker.task == NULL) {
        rt__vm_go_idle(rt__vm.here);
        return false;
    }
    return true;
}

static void look_round(void)
{
    const struct rt__vproc *other = rt__vm_earliest(rt__vm.here);
    rt__vm.others_ps = rt__vm_timer_ps();
    if (other != NULL && other->step_ends < rt__vm.others_ps) {
        rt__vm.others_ps = other->step_ends;
    }
}

struct rt__task *rt__policy_turn(void)
{
    for (;;) {
        struct rt__vproc *first = rt__vm_earliest(NULL);
        int64_t timer_ps = rt__vm_timer_ps();
        if (first == NULL && timer_ps == RT__NEVER) {
            return NULL;
        }
        rt__vm.here = first;
        if (first == NULL || timer_ps <= first->step_ends) {
            rt__vm.now_ps = timer_ps;
            rt__vm_wake(rt__costs.timer, false);
            continue;
        }
        RT__INVARIANT(first->step_ends >= rt__vm.now_ps);
        rt__vm.now_ps = first->step_ends;
        rt__vm_advance(rt__sched.idle_procs);
        if (take_step()) {
            look_round();
            rt__blocks_take();
            return rt__vm.here->worker.task;
        }
    }
}

/* ---- Points ---------------------------------------------------------------------------------- */

int64_t rt__virtual_now(void)
{
    return rt__vm.here->step_ends;
}

/* Lets all steps that end before now be taken first. */
static void catch_up(void)
{
    if (rt__vm.here->step_ends >= rt__vm.others_ps) {
        rt__vm.here->order = rt__vm.orders++;
        rt__one_thread_pause();
        return;
    }
    rt__vm.now_ps = rt__vm.here->step_ends;
    rt__vm_advance(rt__sched.idle_procs);
}

static bool others_wait(void)
{
    return !rt__run_queue_ring_is_empty(&rt__vm.here->proc->queue) ||
           !rt__run_queue_next_is_empty(&rt__vm.here->proc->queue) || rt__sched.global_length > 0 ||
           rt__timers_earliest(&rt__vm.here->proc->timers) <= rt_now();
}

/* The monitor looks at what runs twice a slice, and counts a task's slice from the first look that
 * sees it. */
static bool slice_is_over(void)
{
    int64_t look_ps = rt__costs.slice / 2 + 1;
    int64_t first_look = rt__vm.here->slice_began / look_ps + 1;
    return rt__vm.now_ps >= (first_look + 2) * look_ps;
}

/* What the monitor does for tasks that wait behind a long burst: after a slice they get a turn. In
 * a call of the runtime the task itself gives way. */
static void make_room(bool in_call)
{
    if (slice_is_over() && others_wait()) {
        rt__vm.stops++;
        rt__vm.here->slice_began = rt__vm.now_ps; /* should nobody take its place */
        rt__vm.stopping = true;
        rt__vm.stands = !in_call;
        rt__one_thread_yield();
        rt__vm.stands = false;
    }
}

void rt__policy_point(void)
{
    rt__vm_charge_burst();
    int64_t locked_ps = rt__procs_active() > 1 ? rt__costs.locked : 0;
    rt__vm_charge(rt__vm.here, RT__SCHEDULER, rt__costs.call + locked_ps);
    catch_up();
    make_room(true);
}

/* A sample stands for all blocks since the last one. */
static void account_sample(const void *frame)
{
    struct rt__place *place = rt__blame_code(frame);
    int64_t sample_ps = RT__SAMPLE_BLOCKS * rt__costs.block;
    place->computed_ps += sample_ps;
    if (rt__vm.ledger.ready == 0) {
        int64_t lost_ps = sample_ps * rt__sched.idle_procs / rt__vm_running();
        place->alone_ps += lost_ps;
        rt__blame_awaited(lost_ps);
    }
}

void rt__virtual_long_burst(const void *frame)
{
    if (rt__self() == NULL) {
        rt__vm.aside_ps += rt__blocks_take() * rt__costs.block;
        rt__blocks_sample();
        return;
    }
    rt__vm_charge_burst();
    if (rt__blocks_sample()) {
        account_sample(frame);
    }
    catch_up();
    if (others_wait()) {
        rt__vm_wake_if_idle(); /* as the monitor does */
    }
    make_room(false);
}

/* A thread that waits for a lock looks again and again before it parks (mutex.c). */
void rt__spin_pause(void)
{
    if (rt__self() != NULL) {
        rt__vm_charge(rt__vm.here, RT__SEARCH, rt__costs.pause);
        catch_up();
    }
}

static void trace_leaving(const struct rt__task *task, enum rt__leaving how, bool stopped)
{
    rt__trace(how == RT__LEAVES_PARKED  ? RT__EVENT_PARK
              : how == RT__LEAVES_ENDED ? RT__EVENT_END
              : stopped                 ? RT__EVENT_STOPPED
                                        : RT__EVENT_YIELD,
              task);
}

bool rt__policy_leaves(struct rt__task *task, enum rt__leaving how)
{
    bool stopped = rt__vm.stopping;
    rt__vm.stopping = false;
    rt__vm_run_due_timers(rt__vm.here);
    struct rt__task *next = rt__pick(rt__vm.here->proc, how == RT__LEAVES_PARKED);
    if (how == RT__LEAVES_YIELDING && next == NULL) {
        return false;
    }
    trace_leaving(task, how, stopped);
    if (how != RT__LEAVES_YIELDING) {
        rt__blame_runnable(task, -1);
    }
    if (how == RT__LEAVES_PARKED) {
        if (rt__wait_is_sleep(task->wait)) {
            rt__vm.ledger.sleep_place = rt__blame_code(__builtin_frame_address(0))->key;
        }
        rt__ledger_waits(&rt__vm.ledger, task, 1);
        rt__blame_waits(task, 1);
        if (rt__wait_is_for_lock(task->wait)) {
            rt__locks_contended(task->wait_object);
        }
        task->left_ps = rt__vm.here->step_ends;
        rt__vm.left = task;
    } else if (how == RT__LEAVES_ENDED) {
        rt__blame_ended(task);
        rt__vm.span_ps = task->span_ps > rt__vm.span_ps ? task->span_ps : rt__vm.span_ps;
        rt__vm.left = NULL;
    }
    rt__vm.here->order = rt__vm.orders++;
    if (next != NULL) {
        rt__vm_run_next(rt__vm.here, next);
    } else {
        rt__vm_search_begin(rt__vm.here);
    }
    return true;
}

void rt__policy_block(int64_t ns, const void *frame)
{
    if (rt__self() == NULL) {
        rt__vm.aside_ps += ns * RT__PS_PER_NS;
        return;
    }
    rt__vm_charge_burst();
    rt__vm_charge(rt__vm.here, RT__BLOCKED, ns * RT__PS_PER_NS);
    rt__self()->span_ps += ns * RT__PS_PER_NS;
    rt__blame_code(frame)->wait_ps += ns * RT__PS_PER_NS;
    catch_up();
}

int64_t rt__policy_aside_ns(void)
{
    int64_t ps = rt__vm.aside_ps + rt__blocks_take() * rt__costs.block;
    rt__vm.aside_ps = 0;
    return ps / RT__PS_PER_NS;
}

void rt__virtual_touch(int *last_proc)
{
    rt__vm_touch(rt__vm.here, last_proc);
}

/* ---- Tasks become ready ---------------------------------------------------------------------- */

void rt__policy_spawned(struct rt__task *task)
{
    rt__vm_charge(rt__vm.here, RT__SCHEDULER, rt__costs.spawn);
    struct rt__place *place = rt__blame(task->spawned_at);
    place->overhead_ps += rt__costs.spawn;
    place->spawned++;
    rt__blame_runnable(task, 1);
    if (rt__self() != NULL) {
        task->span_ps = rt__self()->span_ps;
        rt__trace(RT__EVENT_SPAWN, task);
    }
    rt__vm.ledger.ready++;
    rt__enqueue(rt__vm.here->proc, task);
    rt__vm_wake_if_idle();
}

/* The longest chain to a task that becomes ready goes through its waker, or the time that it slept.
 * Who has waited for a lock might as well have come first: that is no link. */
static void lengthen_span(struct rt__task *task)
{
    if (rt__vm.in_timers) {
        int64_t wish_ps = task->awaits_ns * RT__PS_PER_NS,
                waited_ps = rt__vm.now_ps - task->left_ps;
        task->span_ps += wish_ps < waited_ps ? wish_ps : waited_ps;
    } else if (rt__self() != NULL && !rt__wait_is_for_lock(task->wait) &&
               rt__self()->span_ps > task->span_ps) {
        task->span_ps = rt__self()->span_ps;
    }
}

void rt__policy_ready(struct rt__task *task, bool last)
{
    rt__vm.ledger.ready++;
    rt__trace(RT__EVENT_READY, task);
    rt__ledger_waits(&rt__vm.ledger, task, -1);
    rt__blame_passed(task, rt__vm.in_timers ? NULL : rt__self());
    rt__blame_waits(task, -1);
    rt__blame_runnable(task, task->wait != RT__WAIT_NONE);
    lengthen_span(task);
    rt__vm_charge(rt__vm.here, RT__SCHEDULER, task->wait != RT__WAIT_NONE ? rt__costs.ready : 0);
    rt__vm_touch(rt__vm.here, &task->last_proc);
    if (rt__vm.stands && !rt__vm.in_timers) {
        rt__vm.stands = false;
        rt__global_put(task, task, 1); /* as rt__standing_queue does */
        return;
    }
    if (last) {
        rt__enqueue_last(rt__vm.here->proc, task);
        rt__vm_wake_if_idle();
        return;
    }
    struct rt__task *displaced = rt__run_queue_set_next(&rt__vm.here->proc->queue, task);
    if (displaced != NULL) {
        rt__enqueue(rt__vm.here->proc, displaced);
        rt__vm_wake_if_idle();
    } else {
        rt__vm_wake_if_useful();
    }
}

void rt__policy_timer(int64_t when_ns)
{
    struct rt__task *task = rt__self() != NULL ? rt__self() : rt__vm.left;
    if (!rt__vm.in_timers && task != NULL) {
        task->awaits_ns = when_ns - rt_now();
    }
    if (rt__sched.idle_procs > 0 && when_ns < rt__vm.others_ps / RT__PS_PER_NS) {
        rt__vm.others_ps = when_ns * RT__PS_PER_NS;
    }
}
