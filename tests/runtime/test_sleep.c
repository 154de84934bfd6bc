/* test_sleep.c - tests of rt_sleep and runtime/timer.c: at least as long as asked, in order of
 * time, and nothing lost among many. No test has an upper bound: a busy machine may be late. */
#include <check.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "ints.h"
#include "monitor.h"
#include "rt.h"
#include "run.h"

static void count_short_sleeps(void *arg)
{
    static const int64_t lengths_ns[] = {1, 999, 50 * RT_US, RT_MS, 7 * RT_MS};
    int *too_short = arg;

    for (int i = 0; i < 5; i++) {
        int64_t began_ns = rt_now();

        rt_sleep(lengths_ns[i]);
        *too_short += rt_now() - began_ns < lengths_ns[i];
    }
}

START_TEST(sleep_takes_at_least_its_time)
{
    int too_short = 0;

    run_at(run_procs[_i], count_short_sleeps, &too_short);
    ck_assert_int_eq(too_short, 0);
}
END_TEST

/* ---- Others run meanwhile -------------------------------------------------------------------- */

static _Atomic(int) steps;

static void step_for_ever(void *arg)
{
    (void)arg;
    for (;;) {
        atomic_fetch_add(&steps, 1);
        rt_yield();
    }
}

/* The monitor takes a machine that is busy elsewhere for a task that computes for long. Whom it
 * stops takes a turn without a step, so it must not stop anybody here. At procs=1, a thread whose
 * tasks never all wait runs all of them. */
static void sleep_between_steps(void *arg)
{
    int *stuck = arg;
    sigset_t preempt;

    sigemptyset(&preempt);
    sigaddset(&preempt, RT__PREEMPT);
    pthread_sigmask(SIG_BLOCK, &preempt, NULL);
    start(step_for_ever, NULL);
    for (int i = 0; i < 20; i++) {
        int before = atomic_load(&steps);

        rt_sleep(i % 2 == 0 ? RT_MS : 0); /* sleeping for no time still lets others run */
        *stuck += atomic_load(&steps) == before;
    }
    pthread_sigmask(SIG_UNBLOCK, &preempt, NULL);
}

START_TEST(others_run_while_one_sleeps)
{
    int stuck = 0;

    run_at(1, sleep_between_steps, &stuck); /* with more procs they run anyhow */
    ck_assert_int_eq(stuck, 0);
}
END_TEST

/* A task that never blocks must not keep the sleepers of its proc from waking. */
static void sleep_twenty_times(void *arg)
{
    for (int i = 0; i < 20; i++)
        rt_sleep(RT_MS);
    rt_wait_group_done(arg);
}

static void sleep_beside_steppers(void *arg)
{
    rt_wait_group sleepers = {0};

    (void)arg;
    for (int i = 0; i < 4; i++)
        start(step_for_ever, NULL);
    rt_wait_group_add(&sleepers, 8);
    for (int i = 0; i < 8; i++)
        start(sleep_twenty_times, &sleepers);
    rt_wait_group_wait(&sleepers);
}

START_TEST(sleepers_wake_although_all_procs_are_busy)
{
    run_at(run_procs[_i], sleep_beside_steppers, NULL);
}
END_TEST

/* ---- Order ----------------------------------------------------------------------------------- */

#define ORDERED 40

struct ordered {
    rt_wait_group group;
    int64_t latest_due_ns[ORDERED], earliest_due_ns[ORDERED]; /* by the number of the sleeper */
    int woke[ORDERED];                                        /* in order of waking */
    _Atomic(int) next;
};

struct sleeper {
    struct ordered *ordered;
    int number;
    int64_t length_ns;
};

static void sleep_and_note(void *arg)
{
    struct sleeper *sleeper = arg;
    struct ordered *ordered = sleeper->ordered;

    ordered->earliest_due_ns[sleeper->number] = rt_now() + sleeper->length_ns;
    rt_sleep(sleeper->length_ns);
    ordered->woke[atomic_fetch_add(&ordered->next, 1)] = sleeper->number;
    rt_wait_group_done(&ordered->group);
}

/* The main task starts one sleeper after the other, each only when the one before it sleeps: with
 * one proc that is after a yield. Thus it knows between which times each is due. */
static void run_ordered(void *arg)
{
    struct ordered *ordered = arg;
    struct sleeper sleepers[ORDERED];

    rt_wait_group_add(&ordered->group, ORDERED);
    for (int i = 0; i < ORDERED; i++) {
        sleepers[i] = (struct sleeper){ordered, i, (i * 7919 % ORDERED + 1) * RT_MS};
        start(sleep_and_note, &sleepers[i]);
        rt_yield();
        ordered->latest_due_ns[i] = rt_now() + sleepers[i].length_ns;
    }
    rt_wait_group_wait(&ordered->group);
}

START_TEST(sleepers_wake_in_the_order_in_which_they_are_due)
{
    struct ordered ordered = {0};
    int wrong = 0;

    run_at(1, run_ordered, &ordered);
    ck_assert_int_eq(ordered.next, ORDERED);
    for (int i = 0; i < ORDERED; i++) {
        for (int j = i + 1; j < ORDERED; j++) {
            /* It is wrong if the one that woke first was surely due later. */
            wrong +=
                ordered.earliest_due_ns[ordered.woke[i]] > ordered.latest_due_ns[ordered.woke[j]];
        }
    }
    ck_assert_int_eq(wrong, 0);
}
END_TEST

/* ---- Many ------------------------------------------------------------------------------------ */

#define MANY 5000

struct many {
    rt_wait_group group;
    _Atomic(int) woke, too_short;
};

static void sleep_a_little(void *arg)
{
    struct many *many = arg;
    int64_t length_ns = (int64_t)(rt_task_id() * 7919 % 20000) * RT_US, began_ns = rt_now();

    rt_sleep(length_ns);
    if (rt_now() - began_ns < length_ns)
        atomic_fetch_add(&many->too_short, 1);
    atomic_fetch_add(&many->woke, 1);
    rt_wait_group_done(&many->group);
}

static void run_many(void *arg)
{
    struct many *many = arg;

    rt_wait_group_add(&many->group, MANY);
    for (int i = 0; i < MANY; i++)
        start(sleep_a_little, many);
    rt_wait_group_wait(&many->group);
}

START_TEST(thousands_of_sleepers_all_wake)
{
    struct many many = {0};

    run_at(run_procs[_i], run_many, &many);
    ck_assert_int_eq(many.woke, MANY);
    ck_assert_int_eq(many.too_short, 0);
}
END_TEST

/* When the procs idle, somebody must watch the clock for the earliest timer, also when an earlier
 * one is armed while all sleep. */
static void sleep_then_send(void *arg)
{
    rt_sleep(2 * RT_MS);
    ints_send(arg, 1);
}

static void sleep_very_long(void *arg)
{
    (void)arg;
    rt_sleep(1000 * RT_SECOND);
}

static void wake_before_the_long_sleeper(void *arg)
{
    rt_chan *c = ints_new(0);
    int *woke = arg;

    start(sleep_very_long, NULL);
    rt_sleep(RT_MS);
    for (int i = 0; i < 20; i++) {
        start(sleep_then_send, c);
        *woke += ints_recv(c);
    }
    rt_chan_free(c);
}

START_TEST(shorter_sleep_overtakes_a_longer_one)
{
    int woke = 0;

    run_at(run_procs[_i], wake_before_the_long_sleeper, &woke);
    ck_assert_int_eq(woke, 20);
}
END_TEST

/* So short that timers fire while others fall asleep: a worker that goes to sleep for the sake of
 * one may find it gone. The hand-overs keep some workers searching, who are why nobody is woken for
 * what fires. */
struct naps {
    rt_wait_group nappers;
    rt_chan *tokens;
};

static void receive_one(void *arg)
{
    rt_chan_recv(arg, NULL);
}

static void nap_often(void *arg)
{
    struct naps *naps = arg;

    for (int i = 0; i < 100; i++) {
        start(receive_one, naps->tokens);
        rt_sleep(i % 3 * 10 * RT_US);
        rt_chan_send(naps->tokens, NULL);
    }
    rt_wait_group_done(&naps->nappers);
}

static void nap_together(void *arg)
{
    struct naps naps = {.tokens = rt_chan_new(0, 0)};

    (void)arg;
    rt_wait_group_add(&naps.nappers, 8);
    for (int i = 0; i < 8; i++)
        start(nap_often, &naps);
    rt_wait_group_wait(&naps.nappers);
    rt_chan_free(naps.tokens);
}

START_TEST(naps_all_end)
{
    for (int i = 0; i < 20; i++)
        run_at(4, nap_together, NULL);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("sleep");

    tcase_add_loop_test(tests, sleep_takes_at_least_its_time, 0, RUN_PROCS);
    tcase_add_test(tests, others_run_while_one_sleeps);
    tcase_add_loop_test(tests, sleepers_wake_although_all_procs_are_busy, 0, RUN_PROCS);
    tcase_add_test(tests, sleepers_wake_in_the_order_in_which_they_are_due);
    tcase_add_loop_test(tests, thousands_of_sleepers_all_wake, 0, RUN_PROCS);
    tcase_add_loop_test(tests, shorter_sleep_overtakes_a_longer_one, 0, RUN_PROCS);
    tcase_add_test(tests, naps_all_end);
    return run_tests("sleep", tests);
}
