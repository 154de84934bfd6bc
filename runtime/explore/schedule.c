/* schedule.c - tasks, points and choices: who is next. The rules are in schedule.h. */
#include "explore/schedule.h"

#include <string.h>

#include "explore/clocks.h"
#include "explore/memory.h"
#include "explore/objects.h"
#include "explore/places.h"
#include "explore/program.h"
#include "explore/replay.h"
#include "explore/strategy.h"
#include "observe.h"
#include "one_thread/one_thread.h"
#include "report.h"
#include "scheduler.h"

/* A schedule that takes more steps than this is given up. Points at plain memory are cheap and
 * frequent, so there may be more of them. */
#define STEPS_MAX 1000000
#define ACCESSES_MAX 50000000

struct rt__actor *rt__actors;
rt__actor_id rt__actors_count;
rt__actor_id rt__current = RT__NOBODY;
struct rt__schedule rt__schedule;

static rt__actor_id actors_room;
static rt__actor_id *ready; /* who can run, in the order in which they became able to */
static int ready_count;
static rt__actor_id chosen; /* at a point, who goes on; RT__NOBODY: is still to be decided */
static rt__actor_id left;   /* who ran last */

void rt__switches_add(struct rt__switches *switches, struct rt__switch it)
{
    if (switches->count == switches->room) {
        switches->room = switches->room > 0 ? 2 * switches->room : 64;
        switches->list =
            rt__kept_realloc(switches->list, (size_t)switches->room * sizeof *switches->list);
    }
    switches->list[switches->count++] = it;
}

void rt__switches_copy(struct rt__switches *into, const struct rt__switches *from)
{
    into->count = 0;
    for (int i = 0; i < from->count; i++) {
        rt__switches_add(into, from->list[i]);
    }
}

/* ---- Actors ---------------------------------------------------------------------------------- */

rt__actor_id rt__actor_add(struct rt__task *task, rt_site spawned_at)
{
    if (rt__actors_count == actors_room) {
        actors_room = actors_room > 0 ? 2 * actors_room : 64;
        rt__actors = rt__kept_realloc(rt__actors, actors_room * sizeof *rt__actors);
        ready = rt__kept_realloc(ready, (actors_room + 1) * sizeof *ready);
    }
    rt__actor_id id = rt__actors_count++;
    rt__actors[id] = (struct rt__actor){.task = task, .spawned_at = spawned_at};
    rt__strategy_spawned(id);
    rt__clocks_spawned(id);
    return id;
}

void rt__actor_ready(rt__actor_id id)
{
    rt__strategy_ready(id);
    ready[ready_count++] = id;
}

bool rt__actor_is_ready(rt__actor_id id)
{
    for (int i = 0; i < ready_count; i++) {
        if (ready[i] == id) {
            return true;
        }
    }
    return false;
}

bool rt__actors_any_ready(void)
{
    return ready_count > 0;
}

static void ready_remove(rt__actor_id id)
{
    int at = 0;
    while (ready[at] != id) {
        at++;
    }
    memmove(&ready[at], &ready[at + 1], (size_t)(--ready_count - at) * sizeof *ready);
}

static void no_actors(void)
{
    rt__actors_count = 0;
    ready_count = 0;
    rt__current = left = chosen = RT__NOBODY;
}

void rt__schedule_begin(const struct rt__plan *plan)
{
    rt__schedule.plan = *plan;
    rt__schedule.switches.count = 0;
    rt__schedule.steps = rt__schedule.accesses = rt__schedule.decisions = 0;
    rt__schedule.hash = 0;
    rt__schedule.now_ns = RT_SECOND; /* zero would be a special time to many a program */
    rt__schedule.given_up = false;
    no_actors();
    rt__strategy_begin(plan);
    rt__replay_begin(plan->replay);
}

void rt__schedule_run_begins(void)
{
    no_actors();
    rt__actor_add(NULL, "");
}

/* ---- Choices --------------------------------------------------------------------------------- */

/* Without a strategy, time passes only when nobody has anything to do. */
static rt__actor_id plainly_next(void)
{
    return ready[0] == RT__CLOCK && ready_count > 1 ? ready[1] : ready[0];
}

/* Asks who goes on. `who` is the task that stands at a point, where it may stay, or that has
 * left. */
static rt__actor_id choose(rt__actor_id who, bool may_stay)
{
    rt__actor_id plain = may_stay ? who : plainly_next();
    rt__actor_id next;
    uint32_t step = who != RT__NOBODY ? rt__actors[who].steps : 0;
    rt__schedule.decisions++;
    if (rt__schedule.plan.strategy == RT__REPLAY) {
        next = rt__replay_next(who, step);
        if (next == RT__NOBODY || !rt__actor_is_ready(next)) {
            next = plain;
        }
    } else {
        next = rt__strategy_pick(may_stay ? who : RT__NOBODY, plain, ready, ready_count);
    }
    if (next != plain) {
        struct rt__switch it = {who, step, next};
        rt__switches_add(&rt__schedule.switches, it);
        rt__replay_taken(&it, may_stay);
    }
    return next;
}

static void give_up(void)
{
    rt__schedule.given_up = true;
    rt__program_leave(RT__LEFT_GIVEN_UP, 0);
}

static void count_step(rt__actor_id id)
{
    struct rt__actor *actor = &rt__actors[id];
    actor->steps++;
    rt__schedule.hash = 31 * rt__schedule.hash + (id ^ rt__program_offset(actor->place) << 8);
    if (++rt__schedule.steps > STEPS_MAX) {
        give_up();
    }
}

/* The running task has come to a point. Code outside of tasks, as in rt_blocking, can't be
 * stopped. */
static void maybe_switch(rt__actor_id self)
{
    if (ready_count == 0 || rt__self() == NULL) {
        return;
    }
    rt__strategy_arrived(self);
    rt__actor_id next = choose(self, true);
    if (next != self) {
        ready_remove(next);
        ready[ready_count++] = self;
        chosen = next;
        rt__one_thread_pause();
    }
}

void rt__schedule_point(const void *object, rt__place place, bool shared)
{
    rt__actor_id self = rt__current;
    rt__actors[self].place = place;
    rt__actors[self].object = object;
    count_step(self);
    if (shared || rt__schedule.plan.strategy == RT__REPLAY) {
        maybe_switch(self);
    }
}

void rt__schedule_access(const void *address, rt__place place)
{
    rt__actor_id self = rt__current;
    rt__actors[self].place = place;
    rt__actors[self].object = address;
    rt__actors[self].steps++;
    if (++rt__schedule.accesses > ACCESSES_MAX) {
        give_up();
    }
    if (rt__schedule.plan.strategy == RT__REPLAY ||
        (rt__schedule.plan.reach != RT__REACH_SHARED &&
         (rt__schedule.plan.reach == RT__REACH_ALL || rt__place_shared(place)))) {
        maybe_switch(self);
    }
}

void rt__observe_use(const void *object, rt_site here)
{
    if (rt__current == RT__NOBODY) {
        return;
    }
    bool shared = rt__object_used(object, (rt__place)here);
    rt__schedule_point(object, (rt__place)here, shared || rt__schedule.plan.reach == RT__REACH_ALL);
    if (rt__heap_freed(object)) { /* maybe by those who went first */
        rt__misuse(here, "`%s` is used after it was freed", rt__site_object(here));
    }
}

void rt__schedule_left(rt__actor_id id)
{
    rt__actors[id].object = NULL;
    count_step(id);
}

rt__actor_id rt__schedule_next(void)
{
    if (chosen == RT__NOBODY) {
        left = rt__current;
        if (ready_count == 0) {
            rt__current = RT__NOBODY;
            return RT__NOBODY;
        }
        chosen = ready_count == 1 ? ready[0] : choose(left, false);
        ready_remove(chosen);
    }
    rt__current = chosen;
    chosen = RT__NOBODY;
    return rt__current;
}
