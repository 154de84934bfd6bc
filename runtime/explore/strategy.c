/* strategy.c - the portfolio. See strategy.h. */
#include "explore/strategy.h"

#include <stddef.h>

/* As many as pct3 needs. */
#define CHANGES_MAX 2

/* After so many decisions in a schedule, and no fewer than four times the most that a finished one
 * took. */
#define PATIENCE 10000

static enum rt__strategy strategy;
static uint64_t random_state;
static uint64_t decisions, patience;
static uint64_t changes[CHANGES_MAX]; /* pct: at which decisions */
static uint64_t starved_until;
static uint64_t
    longest[RT__REACH_ALL + 1]; /* the most decisions in a finished schedule, by its reach */

/* What each task had to do in earlier schedules. Tasks have the same numbers in most of them. */
#define WORK_TASKS 256
static uint32_t work[WORK_TASKS];

const char *rt__strategy_name(int it)
{
    static const char *const names[] = {
#define STRATEGY_NAME(name, text) text,
        RT__STRATEGIES(STRATEGY_NAME)
#undef STRATEGY_NAME
    };
    return names[it];
}

/* ---- Random numbers -------------------------------------------------------------------------- */

static uint64_t random_next(void)
{
    random_state += UINT64_C(0x9e3779b97f4a7c15);
    return rt__mix(random_state);
}

static uint64_t random_below(uint64_t n)
{
    return (random_next() >> 32) * n >> 32;
}

/* ---- Beginning and end ----------------------------------------------------------------------- */

void rt__strategy_begin(const struct rt__plan *plan)
{
    strategy = (enum rt__strategy)plan->strategy;
    random_state = plan->seed;
    decisions = 0;
    uint64_t most = longest[plan->reach];
    patience = 4 * most > PATIENCE ? 4 * most : PATIENCE;
    uint64_t span = most > 0 ? most : 100;
    for (int i = 0; i < CHANGES_MAX; i++) {
        changes[i] = strategy == RT__PCT3 || (strategy == RT__PCT2 && i == 0)
                         ? 1 + random_next() % span
                         : UINT64_MAX;
    }
    starved_until = 1 + random_next() % (2 * span);
}

/* Only from random schedules, which are fair: a task that asks in vain for as long as an unfair
 * strategy keeps others away would seem to have more and more to do. */
void rt__strategy_end(void)
{
    uint64_t *most = &longest[rt__schedule.plan.reach];
    if (rt__schedule.given_up || (strategy != RT__RANDOM && strategy != RT__RANDOM_AGAIN)) {
        return;
    }
    *most = decisions > *most ? decisions : *most;
    for (rt__actor_id id = 0; id < rt__actors_count && id < WORK_TASKS; id++) {
        work[id] = rt__actors[id].steps > work[id] ? rt__actors[id].steps : work[id];
    }
}

/* ---- What happens to tasks ------------------------------------------------------------------- */

void rt__strategy_spawned(rt__actor_id id)
{
    struct rt__actor *actor = &rt__actors[id];
    /* pct: above the numbers that changes and yields give out. */
    actor->priority = random_next() | UINT64_C(1) << 63;
    actor->starved = strategy == RT__STARVE && random_below(3) == 0;
}

void rt__strategy_arrived(rt__actor_id id)
{
    if (strategy == RT__POS) {
        rt__actors[id].priority = random_next();
    }
}

void rt__strategy_ready(rt__actor_id id)
{
    rt__strategy_arrived(id);
}

/* Behind all others, and those that yielded before. */
void rt__strategy_yielded(rt__actor_id id)
{
    if (strategy == RT__PCT2 || strategy == RT__PCT3) {
        rt__actors[id].priority =
            UINT64_C(1) << 62 > decisions ? (UINT64_C(1) << 62) - decisions : 0;
    } else {
        rt__strategy_arrived(id);
    }
}

/* ---- The strategies -------------------------------------------------------------------------- */

static rt__actor_id pick_random(rt__actor_id running, const rt__actor_id *ready, int count)
{
    bool can_stay = running != RT__NOBODY;
    uint64_t n = random_below((uint64_t)count + can_stay);
    return n == (uint64_t)count ? running : ready[n];
}

static rt__actor_id pick_highest(rt__actor_id running, const rt__actor_id *ready, int count)
{
    rt__actor_id best = running != RT__NOBODY ? running : ready[0];
    for (int i = 0; i < count; i++) {
        if (rt__actors[ready[i]].priority > rt__actors[best].priority) {
            best = ready[i];
        }
    }
    return best;
}

/* The step of `best` is taken next: those that race with it get another chance to come before the
 * one after it. */
static rt__actor_id pick_pos(rt__actor_id running, const rt__actor_id *ready, int count)
{
    rt__actor_id best = pick_highest(running, ready, count);
    const void *object = rt__actors[best].object;
    for (int i = -1; i < count; i++) {
        rt__actor_id id = i < 0 ? running : ready[i];
        if (id != RT__NOBODY && id != best && object != NULL && rt__actors[id].object == object) {
            rt__actors[id].priority = random_next();
        }
    }
    return best;
}

static rt__actor_id pick_pct(rt__actor_id running, const rt__actor_id *ready, int count)
{
    for (int i = 0; i < CHANGES_MAX; i++) {
        if (changes[i] == decisions && running != RT__NOBODY) {
            rt__actors[running].priority = (uint64_t)(CHANGES_MAX - i);
        }
    }
    return pick_highest(running, ready, count);
}

static uint64_t work_left(rt__actor_id id)
{
    uint64_t all = id < WORK_TASKS ? work[id] : 0;
    uint64_t done = rt__actors[id].steps;
    return all > done ? all - done : 1;
}

static rt__actor_id pick_work(rt__actor_id running, const rt__actor_id *ready, int count)
{
    uint64_t sum = running != RT__NOBODY ? work_left(running) : 0;
    for (int i = 0; i < count; i++) {
        sum += work_left(ready[i]);
    }
    uint64_t n = random_below(sum);
    for (int i = 0; i < count; i++) {
        uint64_t left = work_left(ready[i]);
        if (n < left) {
            return ready[i];
        }
        n -= left;
    }
    return running;
}

/* Any; if that one is starved, the next one that isn't. */
static rt__actor_id pick_starve(rt__actor_id running, const rt__actor_id *ready, int count)
{
    rt__actor_id any = pick_random(running, ready, count);
    if (decisions >= starved_until || !rt__actors[any].starved) {
        return any;
    }
    int from = (int)random_below((uint64_t)count);
    for (int i = 0; i < count; i++) {
        rt__actor_id id = ready[(from + i) % count];
        if (!rt__actors[id].starved) {
            return id;
        }
    }
    return any;
}

rt__actor_id rt__strategy_pick(rt__actor_id running, rt__actor_id plain, const rt__actor_id *ready,
                               int count)
{
    if (++decisions > patience) {
        return pick_random(running, ready, count);
    }
    switch (strategy) {
    case RT__FIFO:
        return running != RT__NOBODY || rt__schedule.plan.seed == 0
                   ? plain
                   : pick_random(running, ready, count);
    case RT__POS:
        return pick_pos(running, ready, count);
    case RT__PCT2:
    case RT__PCT3:
        return pick_pct(running, ready, count);
    case RT__WORK:
        return pick_work(running, ready, count);
    case RT__STARVE:
        return pick_starve(running, ready, count);
    default:
        return pick_random(running, ready, count);
    }
}
