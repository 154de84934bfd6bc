/* virtual.c - the policy of virtual time. The rules are in virtual.h. */
#include "sim/virtual.h"

#include <stdio.h>
#include <stdlib.h>

#include "one_thread/one_thread.h"
#include "pick.h"
#include "procs.h"
#include "report.h"
#include "scheduler.h"
#include "sim/blame.h"
#include "sim/blocks.h"
#include "sim/costs.h"
#include "sim/locks.h"
#include "sim/result.h"
#include "trace.h"
#include "worker.h"

/* As in the real monitor: a task that computed this long makes room for others that wait. */
#define SLICE_PS (10 * RT_MS * RT__PS_PER_NS)

/* As in the real scheduler (worker.c): after a search in vain, how long not to wake anyone for one task that
 * is about to be run anyway. */
#define FRUITLESS_PS (RT_MS * RT__PS_PER_NS)

struct vproc {
    struct rt__worker worker; /* task: whose turn it is, when the step has ended */
    struct rt__proc *proc;
    int64_t step_ends; /* picoseconds */
    uint64_t order;    /* among steps that end at the same time */
    bool searching;    /* the step is a look for work; else it is one of worker.task */
    bool active;       /* has a step; neither idle nor retired */
    int round;         /* of the search */
    uint32_t ticks_seen[RT_MAX_PROCS];
    int64_t slice_began;
    struct rt__spent step; /* what the step has cost so far, to be spent when it ends */
};

static struct vproc *procs[RT_MAX_PROCS];
static struct vproc *here; /* whose step was taken last */
static int64_t now_ps;     /* when that ended */
static uint64_t orders;
static int64_t
    others_ps; /* no other step, and no timer that could wake a proc, is earlier than this */
static int64_t fruitless_until_ps;
static int64_t aside_ps; /* what code outside of tasks has taken */
static struct rt__ledger ledger;
static int64_t stops;
static int wanted;                /* by rt_procs before the run */
static bool changed;              /* rt_procs was called during the run */
static struct rt__task *changing; /* waits in rt_procs for procs to retire */

static void catch_up(void);

/* ---- Time ------------------------------------------------------------------------------------ */

int64_t rt_now(void)
{
    int64_t burst_ps =
        rt__self() != NULL ? (RT__BLOCKS_BUDGET - rt__blocks_left) * rt__costs.block : 0;
    return ((here != NULL ? here->step_ends : now_ps) + burst_ps) / RT__PS_PER_NS;
}

int64_t rt__virtual_now(void)
{
    return here->step_ends;
}

static void charge(struct vproc *vproc, enum rt__state state, int64_t ps)
{
    vproc->step.ps[state] += ps;
    vproc->step_ends += ps;
}

static void charge_burst(void)
{
    charge(here, RT__USER, rt__blocks_take() * rt__costs.block);
}

void rt__virtual_block(int64_t ns, const void *code)
{
    if (rt__self() == NULL) {
        aside_ps += ns * RT__PS_PER_NS;
        return;
    }
    charge_burst();
    charge(here, RT__BLOCKED, ns * RT__PS_PER_NS);
    rt__blame(code, true)->wait_ps += ns * RT__PS_PER_NS;
    catch_up();
}

int64_t rt__policy_aside_ns(void)
{
    int64_t ps = aside_ps + rt__blocks_take() * rt__costs.block;
    aside_ps = 0;
    return ps / RT__PS_PER_NS;
}

/* The step has ended: what it cost is spent. */
static void spend(struct vproc *vproc)
{
    for (int state = 0; state < RT__STATES_COUNT; state++) {
        ledger.spent.ps[state] += vproc->step.ps[state];
        vproc->step.ps[state] = 0;
    }
}

/* The run has ended at now_ps; this step would have gone on for longer. */
static void cut_off(struct vproc *vproc)
{
    int64_t over = vproc->step_ends - now_ps;
    for (int state = 0; state < RT__STATES_COUNT; state++) {
        int64_t cut = vproc->step.ps[state] < over ? vproc->step.ps[state] : over;
        vproc->step.ps[state] -= cut;
        over -= cut;
    }
    spend(vproc);
}

static bool earlier(const struct vproc *one, const struct vproc *other)
{
    return one->step_ends != other->step_ends ? one->step_ends < other->step_ends
                                              : one->order < other->order;
}

/* Whose step is the earliest; NULL if all procs are idle. */
static struct vproc *earliest_step(const struct vproc *but)
{
    struct vproc *first = NULL;
    for (int id = 0; id < rt__sched.procs_made; id++) {
        struct vproc *vproc = procs[id];
        if (vproc->active && vproc != but && (first == NULL || earlier(vproc, first))) {
            first = vproc;
        }
    }
    return first;
}

/* When the earliest timer wakes an idle proc, if there is one. */
static int64_t timer_wakes_ps(void)
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
    return when_ps > now_ps ? when_ps : now_ps;
}

void rt__policy_timer(int64_t when_ns)
{
    if (rt__sched.idle_procs > 0 && when_ns < others_ps / RT__PS_PER_NS) {
        others_ps = when_ns * RT__PS_PER_NS;
    }
}

/* Time has gone on to now_ps, with `idle` procs idle. If that was because there was too little to do at once, the
 * tasks that ran meanwhile share the blame. */
static void advance(int idle)
{
    int64_t lost_ps = (now_ps - ledger.now_ps) * idle;
    if (rt__ledger_advance(&ledger, now_ps, idle) != RT__IDLE_LITTLE || lost_ps == 0) {
        return;
    }
    int running = 0;
    for (int id = 0; id < rt__sched.procs_made; id++) {
        running += procs[id]->active && procs[id]->worker.task != NULL;
    }
    for (int id = 0; id < rt__sched.procs_made; id++) {
        if (procs[id]->active && procs[id]->worker.task != NULL) {
            rt__blame(procs[id]->worker.task->spawned_at, false)->alone_ps += lost_ps / running;
        }
    }
}

/* A task, or a lock, was last used on `*last_proc` (+ 1; 0: nowhere), and now is on this one: its cache lines
 * have to come over. */
static void touch(struct vproc *vproc, int *last_proc)
{
    if (*last_proc != vproc->proc->id + 1) {
        charge(vproc, RT__SCHEDULER, *last_proc != 0 ? rt__costs.transfer : 0);
        *last_proc = vproc->proc->id + 1;
    }
}

void rt__virtual_touch(int *last_proc)
{
    touch(here, last_proc);
}

/* ---- Waking procs ---------------------------------------------------------------------------- */

/* Takes a proc off the idle list; it begins to look for work at now + late. */
static void wake(int64_t late_ps)
{
    struct vproc *vproc = procs[rt__proc_idle_get_locked()->id];
    advance(rt__sched.idle_procs + 1);
    vproc->active = vproc->searching = true;
    vproc->round = 0;
    vproc->order = orders++;
    vproc->step_ends = now_ps;
    charge(vproc, RT__SCHEDULER, late_ps);
    rt__sched.spinning++;
    others_ps = vproc->step_ends < others_ps ? vproc->step_ends : others_ps;
}

static void wake_if_idle(void)
{
    if (rt__sched.idle_procs > 0 && rt__sched.spinning == 0) {
        wake(rt__costs.wake);
    }
}

static void wake_if_useful(void)
{
    if (now_ps >= fruitless_until_ps) {
        wake_if_idle();
    }
}

void rt__policy_spawned(struct rt__task *task)
{
    charge(here, RT__SCHEDULER, rt__costs.spawn);
    struct rt__place *place = rt__blame(task->spawned_at, false);
    place->overhead_ps += rt__costs.spawn;
    place->spawned++;
    rt__blame_runnable(task, 1);
    ledger.ready++;
    rt__enqueue(here->proc, task);
    wake_if_idle();
}

void rt__policy_ready(struct rt__task *task, bool last)
{
    ledger.ready++;
    rt__ledger_waits(&ledger, task, -1);
    rt__blame_runnable(task, task->wait != RT__WAIT_NONE);
    touch(here, &task->last_proc);
    if (last) {
        rt__enqueue_last(here->proc, task);
        wake_if_idle();
        return;
    }
    struct rt__task *displaced = rt__run_queue_set_next(&here->proc->queue, task);
    if (displaced != NULL) {
        rt__enqueue(here->proc, displaced);
        wake_if_idle();
    } else {
        wake_if_useful();
    }
}

/* ---- Steps ----------------------------------------------------------------------------------- */

static void run_next(struct vproc *vproc, struct rt__task *task)
{
    vproc->worker.task = task;
    vproc->searching = false;
    vproc->slice_began = vproc->step_ends;
    ledger.ready--;
    int64_t before_ps = vproc->step_ends;
    bool is_new = task->sp == NULL;
    charge(vproc, RT__SCHEDULER, is_new ? rt__costs.start : rt__costs.switch_);
    touch(vproc, &task->last_proc);
    rt__blame(is_new || task->wait == RT__WAIT_NONE ? task->spawned_at : task->wait_site, false)
        ->overhead_ps += vproc->step_ends - before_ps;
    rt__count(&vproc->proc->switches);
}

/* The search has found something, and may have been why others were not woken for more. */
static void search_succeeded(struct vproc *vproc, struct rt__task *task)
{
    run_next(vproc, task);
    fruitless_until_ps = 0;
    if (--rt__sched.spinning == 0) {
        wake_if_idle();
    }
}

static void go_idle(struct vproc *vproc)
{
    vproc->active = false;
    advance(rt__sched.idle_procs);
    rt__proc_idle_put_locked(vproc->proc);
}

static bool must_retire(const struct vproc *vproc)
{
    return rt__proc_must_retire(vproc->proc);
}

/* Out of tasks: looks for work elsewhere, unless enough others do. */
static void search_begin(struct vproc *vproc)
{
    int busy = rt__procs_active() - rt__sched.idle_procs;
    vproc->worker.task = NULL;
    if (must_retire(vproc) || 2 * rt__sched.spinning >= busy) {
        vproc->searching = false; /* turn() lets it go */
        return;
    }
    vproc->searching = true;
    vproc->round = 0;
    rt__sched.spinning++;
}

/* One round; the task found, or NULL. */
static struct rt__task *search_round(struct vproc *vproc)
{
    if (vproc->round == 0) {
        for (int id = 0; id < RT_MAX_PROCS; id++) {
            vproc->ticks_seen[id] = 0;
        }
        rt__run_due_timers(vproc->proc);
        struct rt__task *own = rt__pick(vproc->proc, false);
        if (own != NULL) {
            return own;
        }
    }
    struct rt__task *task = rt__steal_round(&vproc->worker, vproc->ticks_seen, vproc->round);
    if (task != NULL) {
        charge(vproc, RT__SEARCH, rt__costs.steal);
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

static void search(struct vproc *vproc)
{
    struct rt__task *task = search_round(vproc);
    if (task != NULL) {
        search_succeeded(vproc, task);
        return;
    }
    int rounds = rt__procs_active() > 1 ? RT__SEARCH_ROUNDS : 1;
    if (++vproc->round < rounds || ring_has_work()) {
        charge(vproc, RT__SEARCH, rt__costs.look);
        return;
    }
    fruitless_until_ps = now_ps + FRUITLESS_PS;
    vproc->searching = false;
    rt__sched.spinning--;
    go_idle(vproc);
}

/* rt_procs has taken this proc out of service: what it holds goes to the others. */
static void retire(struct vproc *vproc)
{
    struct rt__task *task = vproc->worker.task;
    vproc->active = false;
    if (task != NULL) {
        ledger.ready++;
        rt__global_put(task, task, 1);
    }
    while ((task = rt__run_queue_take_next(&vproc->proc->queue)) != NULL) {
        rt__global_put(task, task, 1);
    }
    while ((task = rt__run_queue_pop_oldest(&vproc->proc->queue)) != NULL) {
        rt__global_put(task, task, 1);
    }
    if (!rt__timers_move(&vproc->proc->timers, &procs[0]->proc->timers)) {
        rt__report_no_memory("a timer");
    }
    if (--rt__sched.retiring == 0 && changing != NULL) {
        task = changing;
        changing = NULL;
        task->state = RT__TASK_RUNNABLE;
        ledger.ready++;
        rt__global_put(task, task, 1);
    }
    wake_if_idle();
}

/* Takes the step of `here`, which has ended. Whether its task goes on now. */
static bool take_step(void)
{
    spend(here);
    rt__worker_set(&here->worker);
    if (must_retire(here) && !here->searching) {
        retire(here);
        return false;
    }
    if (here->searching) {
        search(here);
        return false;
    }
    if (here->worker.task == NULL) {
        go_idle(here);
        return false;
    }
    return true;
}

static void look_round(void)
{
    const struct vproc *other = earliest_step(here);
    others_ps = timer_wakes_ps();
    if (other != NULL && other->step_ends < others_ps) {
        others_ps = other->step_ends;
    }
}

struct rt__task *rt__policy_turn(void)
{
    for (;;) {
        struct vproc *first = earliest_step(NULL);
        int64_t timer_ps = timer_wakes_ps();
        if (first == NULL && timer_ps == RT__NEVER) {
            return NULL;
        }
        here = first;
        if (first == NULL || timer_ps <= first->step_ends) {
            now_ps = timer_ps;
            wake(rt__costs.timer);
            continue;
        }
        RT__INVARIANT(first->step_ends >= now_ps);
        now_ps = first->step_ends;
        advance(rt__sched.idle_procs);
        if (take_step()) {
            look_round();
            rt__blocks_take();
            return here->worker.task;
        }
    }
}

/* ---- Points ---------------------------------------------------------------------------------- */

/* Lets all steps that end before now be taken first. */
static void catch_up(void)
{
    if (here->step_ends >= others_ps) {
        here->order = orders++;
        rt__one_thread_pause();
        return;
    }
    now_ps = here->step_ends;
    advance(rt__sched.idle_procs);
}

static bool others_wait(void)
{
    return !rt__run_queue_ring_is_empty(&here->proc->queue) ||
           !rt__run_queue_next_is_empty(&here->proc->queue) || rt__sched.global_length > 0;
}

/* What the monitor does for tasks that wait behind a long burst. */
static void make_room(void)
{
    if (now_ps - here->slice_began >= SLICE_PS && others_wait()) {
        stops++;
        here->slice_began = now_ps; /* should nobody take its place */
        rt__one_thread_yield();
    }
}

void rt__policy_point(void)
{
    charge_burst();
    charge(here, RT__SCHEDULER, rt__costs.call);
    catch_up();
    make_room();
}

void rt__virtual_long_burst(const void *code)
{
    if (rt__self() == NULL) {
        aside_ps += rt__blocks_take() * rt__costs.block;
        return;
    }
    charge_burst();
    struct rt__place *place = rt__blame(code, true);
    int64_t burst_ps = RT__BLOCKS_BUDGET * rt__costs.block;
    place->computed_ps += burst_ps;
    place->alone_ps += ledger.ready == 0 ? burst_ps * rt__sched.idle_procs : 0;
    catch_up();
    if (others_wait()) {
        wake_if_idle(); /* as the monitor does */
    }
    make_room();
}

/* A thread that waits for a lock looks again and again before it parks (mutex.c). */
void rt__spin_pause(void)
{
    if (rt__self() != NULL) {
        charge(here, RT__SEARCH, rt__costs.pause);
        catch_up();
    }
}

bool rt__policy_leaves(struct rt__task *task, enum rt__leaving how)
{
    rt__run_due_timers(here->proc);
    struct rt__task *next = rt__pick(here->proc, how == RT__LEAVES_PARKED);
    if (how == RT__LEAVES_YIELDING && next == NULL) {
        return false;
    }
    if (how != RT__LEAVES_YIELDING) {
        rt__blame_runnable(task, -1);
    }
    if (how == RT__LEAVES_PARKED) {
        rt__ledger_waits(&ledger, task, 1);
        if (task->wait == RT__WAIT_MUTEX) {
            rt__locks_contended(task->wait_object);
        }
    }
    here->order = orders++;
    if (next != NULL) {
        run_next(here, next);
    } else {
        search_begin(here);
    }
    return true;
}

/* ---- Procs ----------------------------------------------------------------------------------- */

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
    return here != NULL ? rt__procs_active() : 1;
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
        struct vproc *vproc = calloc(1, sizeof *vproc);
        struct rt__proc *proc = aligned_alloc(64, (sizeof(struct rt__proc) + 63) & ~(size_t)63);
        if (vproc == NULL || proc == NULL) {
            return false;
        }
        *proc = (struct rt__proc){.id = id};
        rt__timers_init(&proc->timers);
        vproc->proc = proc;
        vproc->worker.proc = proc;
        vproc->worker.random = 0x9e3779b97f4a7c15U * (uint64_t)(id + 1);
        procs[id] = vproc;
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
        rt__proc_idle_put_locked(procs[id]->proc);
    }
    wake_if_idle();
}

/* Idle procs and those that look for work retire at once, those that run a task at its next point. */
static void shrink(int from, int to)
{
    for (int id = to; id < from; id++) {
        if (procs[id]->proc->idle) {
            rt__proc_idle_remove_locked(procs[id]->proc);
            continue;
        }
        rt__sched.retiring++;
        if (procs[id]->searching) {
            procs[id]->searching = false;
            rt__sched.spinning--;
            spend(procs[id]);
            retire(procs[id]);
        }
    }
}

int rt_procs(int n)
{
    int before = here != NULL ? rt__procs_active() : initial();
    n = n > RT_MAX_PROCS ? RT_MAX_PROCS : n;
    if (n <= 0) {
        return before;
    }
    if (rt__self() == NULL) {
        wanted = n;
        return before;
    }
    rt__call_begin("rt_procs", "");
    advance(rt__sched.idle_procs);
    changed = changed || n != before;
    rt__sched.procs_active = n;
    if (n > before) {
        grow(before, n);
    } else {
        shrink(before, n);
    }
    if (rt__sched.retiring > 0) {
        changing = rt__self();
        rt__park(NULL, NULL, RT__WAIT_PROCS, NULL, "rt_procs");
    }
    return before;
}

bool rt__policy_start(void)
{
    rt__costs_read();
    int count = initial();
    ledger = (struct rt__ledger){0};
    now_ps = others_ps = fruitless_until_ps = aside_ps = stops = 0;
    orders = 0;
    changing = NULL;
    changed = false;
    if (!make_procs(count)) {
        return false;
    }
    rt__sched.procs_active = count;
    for (int id = count - 1; id > 0; id--) {
        rt__proc_idle_put_locked(procs[id]->proc);
    }
    here = procs[0];
    here->active = here->searching = true;
    rt__sched.spinning = 1;
    rt__worker_set(&here->worker);
    return true;
}

static void check(const struct rt__virtual_result *result)
{
    int64_t sum = 0;
    for (int state = 0; state < RT__STATES_COUNT; state++) {
        RT__INVARIANT(result->spent.ps[state] >= 0);
        sum += result->spent.ps[state];
    }
    RT__INVARIANT(changed || sum == result->procs * result->time_ps);
    RT__INVARIANT(changed || result->spent.ps[RT__USER] <= result->procs * result->time_ps);
}

void rt__policy_finish(void)
{
    struct rt_stats stats;
    rt_stats_get(&stats);
    for (int id = 0; id < rt__sched.procs_made; id++) {
        if (procs[id]->active) {
            cut_off(procs[id]);
        }
    }
    struct rt__virtual_result result = {.procs = rt__procs_active(),
                                        .time_ps = now_ps,
                                        .spent = ledger.spent,
                                        .tasks = stats.tasks_started,
                                        .switches = stats.switches,
                                        .steals = stats.steals,
                                        .stops = stops};
    check(&result);
    rt__result_write(&result);
    rt__locks_release();
    rt__blame_release();
    for (int id = 0; id < rt__sched.procs_made; id++) {
        rt__timers_release(&procs[id]->proc->timers);
        free(procs[id]->proc);
        free(procs[id]);
        procs[id] = NULL;
    }
    here = NULL;
}
