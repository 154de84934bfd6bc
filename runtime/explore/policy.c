/* policy.c - the policy of exploration (one_thread.h): what happens to tasks, whose turn it is, and
 * what time it is.
 *
 * Whoever looks at the clock makes it go on by a little, so that a program that waits for a time by
 * looking again and again sees it come. */
#include <stdlib.h>

#include "explore/clocks.h"
#include "explore/locks.h"
#include "explore/memory.h"
#include "explore/schedule.h"
#include "explore/strategy.h"
#include "one_thread/one_thread.h"
#include "procs.h"
#include "report.h"
#include "scheduler.h"
#include "worker.h"

#define LOOK_NS RT_US

const bool rt__policy_keeps = true;

static struct rt__proc proc;
static struct rt__worker worker;
static int64_t aside_began_ns; /* the clock when rt_blocking's function began */

static rt__actor_id actor_of(const struct rt__task *task)
{
    return (rt__actor_id)task->id;
}

/* ---- Runs ------------------------------------------------------------------------------------ */

bool rt__policy_start(void)
{
    proc = (struct rt__proc){.id = 0};
    rt__timers_init(&proc.timers);
    worker = (struct rt__worker){.proc = &proc};
    worker.random = rt__mix(rt__schedule.plan.seed + 1) | 1;
    rt__sched.procs_all[0] = &proc;
    rt__sched.procs_made = rt__sched.procs_active = 1;
    rt__worker_set(&worker);
    rt__schedule_run_begins();
    rt__actors[RT__CLOCK].name = "the clock";
    return true;
}

void rt__policy_finish(void)
{
    rt__timers_release(&proc.timers);
    rt__timers_init(&proc.timers);
    rt__current = RT__NOBODY;
}

/* ---- Tasks ----------------------------------------------------------------------------------- */

/* The points of virtual time are none here: those of observe.h say which object they are about. */
void rt__policy_point(void)
{
}

void rt__policy_spawned(struct rt__task *task)
{
    rt__actor_id id = rt__actor_add(task, task->spawned_at);
    RT__INVARIANT(id == actor_of(task));
    rt__actors[id].name = task->name;
    rt__actor_ready(id);
}

void rt__policy_ready(struct rt__task *task, bool last)
{
    (void)last;
    rt__actor_id id = actor_of(task);
    if (rt__current != RT__NOBODY && rt__current != id && !rt__locks_ignored(task->wait)) {
        rt__clocks_ready(id);
    }
    rt__actor_ready(id);
}

bool rt__policy_leaves(struct rt__task *task, enum rt__leaving how)
{
    rt__actor_id id = actor_of(task);
    rt__actors[id].name = task->name;
    if (how == RT__LEAVES_PARKED) {
        rt__actors[id].place = (rt__place)task->wait_site;
    }
    rt__schedule_left(id);
    if (how == RT__LEAVES_YIELDING && !rt__actors_any_ready()) {
        return false;
    }
    if (how == RT__LEAVES_YIELDING) {
        rt__strategy_yielded(id);
    } else if (how == RT__LEAVES_ENDED) {
        rt__actors[id].task = NULL;
    }
    return true;
}

/* ---- Turns ----------------------------------------------------------------------------------- */

void rt__policy_timer(int64_t when_ns)
{
    (void)when_ns;
    if (!rt__actor_is_ready(RT__CLOCK)) {
        rt__actor_ready(RT__CLOCK);
    }
}

/* The clock's step: to the first timer, and those that are due at the same time. */
static void tick(void)
{
    int64_t first_ns = rt__timers_earliest(&proc.timers);
    rt__schedule_left(RT__CLOCK);
    rt__current = RT__NOBODY; /* what a timer does comes after nobody's steps */
    if (first_ns != RT__NEVER) {
        if (first_ns > rt__schedule.now_ns) {
            rt__schedule.now_ns = first_ns;
        }
        rt__timers_run(&proc.timers, rt__schedule.now_ns);
    }
    rt__strategy_yielded(RT__CLOCK);
    if (rt__timers_earliest(&proc.timers) != RT__NEVER && !rt__actor_is_ready(RT__CLOCK)) {
        rt__actor_ready(RT__CLOCK);
    }
    rt__current = RT__CLOCK;
}

struct rt__task *rt__policy_turn(void)
{
    rt__actor_id next;
    while ((next = rt__schedule_next()) == RT__CLOCK) {
        tick();
    }
    if (next == RT__NOBODY) {
        return NULL;
    }
    rt__count(&proc.switches);
    return rt__actors[next].task;
}

/* ---- Time and procs -------------------------------------------------------------------------- */

int64_t rt_now(void)
{
    return rt__schedule.now_ns += LOOK_NS;
}

void rt__policy_block(int64_t ns, const void *code)
{
    (void)code;
    rt__schedule.now_ns += ns;
}

/* The function of rt_blocking takes no time, unless it waits itself. */
int64_t rt__policy_aside_ns(void)
{
    int64_t ns = rt__schedule.now_ns - aside_began_ns;
    aside_began_ns = rt__schedule.now_ns;
    return ns;
}

void rt__spin_pause(void)
{
}

int rt__procs_active(void)
{
    return 1;
}

bool rt__proc_must_retire(const struct rt__proc *it)
{
    (void)it;
    return false;
}

/* What programs ask in order to know how many workers to start. */
int rt_procs(int n)
{
    static int procs;
    if (procs == 0) {
        const char *text = getenv("RT_PROCS");
        procs = text != NULL && atoi(text) > 0 ? atoi(text) : 2;
    }
    int before = procs;
    if (n > 0) {
        procs = n < RT_MAX_PROCS ? n : RT_MAX_PROCS;
    }
    return before;
}

int rt_num_cpu(void)
{
    return rt_procs(0);
}
