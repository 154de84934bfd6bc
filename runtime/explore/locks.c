/* locks.c - see locks.h. */
#include "explore/locks.h"

#include <stdio.h>

#include "explore/clocks.h"
#include "explore/found.h"
#include "explore/memory.h"
#include "explore/objects.h"
#include "explore/places.h"
#include "explore/program.h"
#include "explore/strategy.h"
#include "observe.h"
#include "report.h"

/* A task held one lock and wanted another. */
struct order {
    struct order *next;
    rt__actor_id actor;
    const struct rt__held *held; /* it, and all others that were held then */
    const struct rt__held *from;
    const void *to;
    bool to_shared;
    rt_site wanted_at;
    uint32_t epoch;
    const struct rt__vector *time;
};

/* As many locks as a cycle may have: philosophers dine in larger rounds, but not in programs. */
#define CYCLE_MAX 8

/* More would make each further one slow to check, and say nothing new. */
#define ORDERS_MAX 256

static struct order *orders;
static int orders_count;

void rt__locks_begin(void)
{
    orders = NULL;
    orders_count = 0;
}

bool rt__locks_ignored(enum rt__wait wait)
{
    return rt__schedule.plan.ignore_locks &&
           (wait == RT__WAIT_MUTEX || wait == RT__WAIT_READ_LOCK || wait == RT__WAIT_WRITE_LOCK);
}

static const struct rt__held *find(const struct rt__held *list, const void *lock)
{
    while (list != NULL && list->lock != lock) {
        list = list->next;
    }
    return list;
}

const struct rt__held *rt__lock_held_by(rt__actor_id id, const void *lock)
{
    return find(rt__actors[id].held, lock);
}

/* ---- Cycles ---------------------------------------------------------------------------------- */

static bool comes_before(const struct order *one, const struct order *other)
{
    return one->epoch <= rt__vector_at(other->time, one->actor);
}

static bool share_a_guard(const struct order *one, const struct order *other)
{
    for (const struct rt__held *held = one->held; held != NULL; held = held->next) {
        const struct rt__held *same = find(other->held, held->lock);
        if (same != NULL && !(held->shared && same->shared)) {
            return true;
        }
    }
    return false;
}

static bool can_meet(const struct order *one, const struct order *other)
{
    return one->actor != other->actor && !comes_before(one, other) && !comes_before(other, one) &&
           !share_a_guard(one, other);
}

/* Whether who wants `one` can be kept waiting by who is at `next`, and holds it. */
static bool blocks(const struct order *one, const struct order *next)
{
    return one->to == next->from->lock && !(one->to_shared && next->from->shared);
}

struct cycle {
    const struct order *orders[CYCLE_MAX];
    int count;
};

static void write_cycle(FILE *to, const void *what)
{
    const struct cycle *cycle = what;
    fputs("  these locks are taken in orders that form a circle; if the tasks meet, they wait for "
          "each other for ever\n",
          to);
    for (int i = 0; i < cycle->count; i++) {
        const struct order *order = cycle->orders[i];
        fprintf(to, "    %s locked `%s` at %s,\n", rt__actor_text(order->actor),
                rt__site_object(order->from->site), order->from->site);
        fprintf(to, "      and with it in its hand wanted `%s` at %s\n",
                rt__site_object(order->wanted_at), order->wanted_at);
    }
}

static void report(const struct cycle *cycle)
{
    uint64_t key = 0;
    for (int i = 0; i < cycle->count; i++) { /* the same wherever in the circle one begins */
        key += rt__mix(rt__program_offset((rt__place)cycle->orders[i]->wanted_at));
    }
    rt__found(RT__FOUND_LOCK_ORDER, key, write_cycle, cycle);
}

/* Goes on from the last order of the chain; a circle is closed when that wants what the first one
 * holds. */
static void extend(struct cycle *cycle)
{
    const struct order *last = cycle->orders[cycle->count - 1];
    if (cycle->count > 1 && blocks(last, cycle->orders[0])) {
        report(cycle);
        return;
    }
    for (const struct order *next = orders; next != NULL && cycle->count < CYCLE_MAX;
         next = next->next) {
        bool fits = blocks(last, next);
        for (int i = 0; fits && i < cycle->count; i++) {
            fits = can_meet(cycle->orders[i], next);
        }
        if (fits) {
            cycle->orders[cycle->count++] = next;
            extend(cycle);
            cycle->count--;
        }
    }
}

static void note_order(const struct rt__held *from, const void *to, bool to_shared, rt_site here)
{
    struct rt__actor *self = &rt__actors[rt__current];
    struct order *order = rt__scratch(sizeof *order);
    *order = (struct order){
        .next = orders,
        .actor = rt__current,
        .held = self->held,
        .from = from,
        .to = to,
        .to_shared = to_shared,
        .wanted_at = here,
        .epoch = rt__vector_at(self->time, rt__current),
        .time = rt__vector_copy(self->time),
    };
    orders = order;
    orders_count++;
    struct cycle cycle = {.orders = {order}, .count = 1};
    extend(&cycle);
}

void rt__observe_want_lock(const void *lock, bool shared, rt_site here)
{
    rt__observe_use(lock, here);
    if (rt__current == RT__NOBODY || !rt__schedule.plan.ignore_locks) {
        return;
    }
    for (const struct rt__held *held = rt__actors[rt__current].held;
         held != NULL && orders_count < ORDERS_MAX; held = held->next) {
        if (held->lock != lock) {
            note_order(held, lock, shared, here);
        }
    }
}

/* ---- Holding --------------------------------------------------------------------------------- */

/* What a writer did comes before all that lock later; what a reader did, before the writers. */
void rt__observe_lock(const void *lock, bool shared, rt_site here)
{
    if (rt__current == RT__NOBODY) {
        return;
    }
    struct rt__held *held = rt__scratch(sizeof *held);
    *held = (struct rt__held){rt__actors[rt__current].held, lock, shared, here};
    rt__actors[rt__current].held = held;
    if (rt__schedule.plan.ignore_locks) {
        return;
    }
    struct rt__object *object = rt__object(lock);
    rt__clocks_acquire(object->time);
    if (!shared) {
        rt__clocks_acquire(object->readers_time);
    }
}

/* Takes the lock off the actor's list. The list's other elements may be remembered by orders, so
 * those in front are copied. */
static const struct rt__held *drop(rt__actor_id id, const void *lock)
{
    const struct rt__held *found = find(rt__actors[id].held, lock);
    struct rt__held *list = rt__actors[id].held, **end = &rt__actors[id].held;
    if (found == NULL) {
        return NULL;
    }
    for (; list != found; list = list->next) {
        *end = rt__scratch(sizeof **end);
        **end = *list;
        end = &(*end)->next;
    }
    *end = found->next;
    return found;
}

/* Mostly by whoever locked it, but that isn't a rule. */
void rt__observe_unlock(const void *lock)
{
    if (rt__current == RT__NOBODY) {
        return;
    }
    const struct rt__held *held = drop(rt__current, lock);
    for (rt__actor_id id = 0; held == NULL && id < rt__actors_count; id++) {
        held = drop(id, lock);
    }
    if (held != NULL && !rt__schedule.plan.ignore_locks) {
        struct rt__object *object = rt__object(lock);
        rt__clocks_release(held->shared ? &object->readers_time : &object->time);
    }
}

bool rt__observe_excludes(const void *lock, rt_site here)
{
    (void)lock, (void)here;
    return true;
}
