/* test_timer.c - tests of runtime/timer.c: the heap alone, against a plain list as the model, then
 * from two threads; and that the runtime fires what is on the heap of a proc that has retired. */
#include <check.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"
#include "run.h"
#include "timer.h"

/* ---- Against a model ------------------------------------------------------------------------- */

#define TIMERS 300
#define STEPS 20000
#define SEEDS 10

/* The model is a flag and a time for each timer: what is due can be found by looking at all. */
struct alarm {
    struct rt__timer timer; /* first: fire gets its address */
    bool armed;
    int fired;
};

struct world {
    struct rt__timers timers;
    struct alarm alarms[TIMERS];
    int64_t now_ns;
    uint64_t random;
    int wrong;
};

static int64_t last_fired_ns;
static int out_of_order;

static int draw_below(struct world *world, int limit)
{
    world->random = world->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((world->random >> 33) % (uint64_t)limit);
}

static void fire(struct rt__timer *timer)
{
    ((struct alarm *)timer)->fired++;
    out_of_order += timer->when_ns < last_fired_ns;
    last_fired_ns = timer->when_ns;
}

/* Few different times, so that many are equal. */
static void arm(struct world *world, struct alarm *alarm)
{
    alarm->timer =
        (struct rt__timer){.when_ns = world->now_ns + draw_below(world, 50), .fire = fire};
    alarm->armed = true;
    alarm->fired = 0;
    world->wrong += !rt__timers_add(&world->timers, &alarm->timer);
}

static void disarm(struct world *world, struct alarm *alarm)
{
    world->wrong += rt__timer_cancel(&alarm->timer) != alarm->armed;
    alarm->armed = false;
}

/* All that is due has fired once, nothing else has. */
static void pass_time(struct world *world)
{
    last_fired_ns = 0;
    world->now_ns += draw_below(world, 10);
    rt__timers_run(&world->timers, world->now_ns);
    for (int i = 0; i < TIMERS; i++) {
        struct alarm *alarm = &world->alarms[i];
        bool due = alarm->armed && alarm->timer.when_ns <= world->now_ns;

        world->wrong += alarm->fired != due;
        alarm->armed = alarm->armed && !due;
        alarm->fired = 0;
    }
}

static int64_t earliest_of_all(const struct world *world)
{
    int64_t earliest_ns = RT__NEVER;

    for (int i = 0; i < TIMERS; i++) {
        const struct alarm *alarm = &world->alarms[i];

        if (alarm->armed && alarm->timer.when_ns < earliest_ns)
            earliest_ns = alarm->timer.when_ns;
    }
    return earliest_ns;
}

/* Nobody cancels a timer that he has never armed. */
static void arm_all(struct world *world)
{
    for (int i = 0; i < TIMERS; i++)
        arm(world, &world->alarms[i]);
}

START_TEST(random_acts_do_what_the_model_says)
{
    static struct world world;

    world = (struct world){.random = (uint64_t)_i};
    rt__timers_init(&world.timers);
    ck_assert_int_eq(rt__timers_earliest(&world.timers), RT__NEVER);
    arm_all(&world);
    for (int step = 0; step < STEPS; step++) {
        struct alarm *alarm = &world.alarms[draw_below(&world, TIMERS)];

        if (draw_below(&world, 8) == 0)
            pass_time(&world);
        else if (alarm->armed || draw_below(&world, 8) == 0)
            disarm(&world, alarm);
        else
            arm(&world, alarm);
        world.wrong += rt__timers_earliest(&world.timers) != earliest_of_all(&world);
    }
    world.now_ns += 100;
    pass_time(&world);
    ck_assert_int_eq(rt__timers_earliest(&world.timers), RT__NEVER);
    ck_assert_uint_eq(world.timers.count, 0);
    ck_assert_int_eq(world.wrong, 0);
    ck_assert_int_eq(out_of_order, 0);
    rt__timers_release(&world.timers);
}
END_TEST

START_TEST(moved_timers_fire_or_are_canceled_where_they_are)
{
    static struct world from, to;
    struct alarm *alarms = from.alarms;

    rt__timers_init(&from.timers);
    rt__timers_init(&to.timers);
    arm_all(&from);
    arm_all(&to);
    ck_assert(rt__timers_move(&from.timers, &to.timers));
    ck_assert_int_eq(rt__timers_earliest(&from.timers), RT__NEVER);
    ck_assert_uint_eq(to.timers.count, 2 * TIMERS);
    for (int i = 0; i < TIMERS; i += 2)
        ck_assert(rt__timer_cancel(&alarms[i].timer));
    rt__timers_run(&from.timers, 100);
    rt__timers_run(&to.timers, 100);
    for (int i = 0; i < TIMERS; i++) {
        ck_assert_int_eq(alarms[i].fired, i % 2);
        ck_assert_int_eq(to.alarms[i].fired, 1);
    }
    ck_assert_int_eq(out_of_order, 0);
    rt__timers_release(&from.timers);
    rt__timers_release(&to.timers);
}
END_TEST

/* ---- Cancel, fire and move at the same time -------------------------------------------------- */

/* The timer's life ends right after the cancel: a `fire` that came later would be seen to write. */
static struct rt__timers heaps[2];
static _Atomic(bool) stop;
static _Atomic(int) late;

static void *run_until_stopped(void *arg)
{
    (void)arg;
    for (int i = 0; !atomic_load(&stop); i++) {
        rt__timers_run(&heaps[0], rt_now());
        rt__timers_run(&heaps[1], rt_now());
        rt__timers_move(&heaps[i % 2], &heaps[1 - i % 2]);
    }
    return NULL;
}

struct brief {
    struct rt__timer timer;
    int begun, ended;
    bool over;
};

static void fire_slowly(struct rt__timer *timer)
{
    struct brief *brief = (struct brief *)timer;

    atomic_fetch_add(&late, brief->over);
    brief->begun++;
    spin(100);
    brief->ended++;
}

START_TEST(after_a_cancel_the_timer_neither_fires_nor_will)
{
    pthread_t thread;
    int wrong = 0, fired = 0;

    rt__timers_init(&heaps[0]);
    rt__timers_init(&heaps[1]);
    ck_assert_int_eq(pthread_create(&thread, NULL, run_until_stopped, NULL), 0);
    for (int i = 0; i < 20000 || fired == 0; i++) {
        struct brief brief = {.timer = {.when_ns = rt_now() + i % 64 * 30, .fire = fire_slowly}};
        bool canceled;

        rt__timers_add(&heaps[0], &brief.timer);
        spin(i % 1000);
        if (i >= 20000)
            sched_yield(); /* one CPU: the other thread has not had its turn yet */
        canceled = rt__timer_cancel(&brief.timer);
        brief.over = true;
        wrong += brief.begun != !canceled || brief.ended != !canceled;
        fired += !canceled;
    }
    atomic_store(&stop, true);
    pthread_join(thread, NULL);
    ck_assert_int_eq(wrong, 0);
    ck_assert_int_eq(late, 0);
    rt__timers_release(&heaps[0]);
    rt__timers_release(&heaps[1]);
}
END_TEST

/* ---- Deadlines ------------------------------------------------------------------------------- */

START_TEST(deadline_that_is_too_far_is_almost_never)
{
    int64_t before_ns = rt_now(), deadline_ns = rt__deadline(1000);

    ck_assert_int_ge(deadline_ns, before_ns + 1000);
    ck_assert_int_le(deadline_ns, rt_now() + 1000);
    ck_assert_int_eq(rt__deadline(INT64_MAX), RT__NEVER - 1);
    ck_assert_int_eq(rt__deadline(INT64_MAX - 1), RT__NEVER - 1);
}
END_TEST

/* ---- Retired procs --------------------------------------------------------------------------- */

#define SLEEPERS 16

static _Atomic(int) asleep, awake;

static void sleep_a_little(void *arg)
{
    (void)arg;
    atomic_fetch_add(&asleep, 1);
    rt_sleep(2 * RT_MS);
    atomic_fetch_add(&awake, 1);
}

/* The proc that is left never runs out of work, so nobody looks round for something to do. */
static void keep_the_last_proc_busy(void *arg)
{
    (void)arg;
    for (int i = 0; i < SLEEPERS; i++)
        start(sleep_a_little, NULL);
    spin_until(&asleep, SLEEPERS); /* on other procs than ours */
    rt_procs(1);
    yield_until(&awake, SLEEPERS);
}

START_TEST(timers_of_retired_procs_fire_beside_a_busy_proc)
{
    run_at(4, keep_the_last_proc_busy, NULL);
}
END_TEST

static void hog_the_last_proc(void *arg)
{
    (void)arg;
    for (int i = 0; i < SLEEPERS; i++)
        start(sleep_a_little, NULL);
    spin_until(&asleep, SLEEPERS);
    rt_procs(1);
    spin_until(&awake, SLEEPERS);
}

START_TEST(timers_of_retired_procs_fire_beside_a_hog)
{
    run_at(4, hog_the_last_proc, NULL);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("timer");

    tcase_add_loop_test(tests, random_acts_do_what_the_model_says, 0, SEEDS);
    tcase_add_test(tests, moved_timers_fire_or_are_canceled_where_they_are);
    tcase_add_test(tests, after_a_cancel_the_timer_neither_fires_nor_will);
    tcase_add_test(tests, deadline_that_is_too_far_is_almost_never);
    tcase_add_test(tests, timers_of_retired_procs_fire_beside_a_busy_proc);
    tcase_add_test(tests, timers_of_retired_procs_fire_beside_a_hog);
    return run_tests("timer", tests);
}
