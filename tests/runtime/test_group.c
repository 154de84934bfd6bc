/* test_group.c - tests of runtime/group.c: tasks that end together, and canceling that reaches
 * every call that blocks. The blocked tasks are first seen to be parked: the canceler yields until
 * each has said that it is about to wait, and often enough after that for it to have parked. */
#include <check.h>
#include <stdatomic.h>

#include "child.h"
#include "ints.h"
#include "rt.h"
#include "run.h"

#define TASKS 50

static struct child child;

/* ---- Waiting for all ------------------------------------------------------------------------- */

struct counted {
    _Atomic(int) started, ended;
    rt_group *group;
};

static void count(void *arg)
{
    struct counted *counted = arg;

    atomic_fetch_add(&counted->started, 1);
    yield_often(3);
    atomic_fetch_add(&counted->ended, 1);
}

static void start_one_more(void *arg)
{
    start(count, arg);
    count(arg);
}

static void wait_for_all(void *arg)
{
    struct counted *counted = arg;
    rt_group *group = rt_group_new(RT_FOREVER);

    for (int i = 0; i < TASKS; i++)
        ck_assert_int_eq(rt_group_go(group, start_one_more, counted), RT_OK);
    ck_assert_int_eq(rt_group_wait(group), RT_OK);
    /* Those that its tasks started with rt_go belong to it too. */
    ck_assert_int_eq(counted->ended, 2 * TASKS);
    rt_group_free(group);
}

START_TEST(wait_returns_when_all_tasks_of_the_group_have_ended)
{
    struct counted counted = {0};

    run_at(run_procs[_i], wait_for_all, &counted);
    ck_assert_int_eq(counted.ended, 2 * TASKS);
}
END_TEST

static void wait_for_none(void *arg)
{
    rt_group *group = rt_group_new(RT_FOREVER);

    (void)arg;
    ck_assert_int_eq(rt_group_wait(group), RT_OK);
    rt_group_free(group);
    rt_group_free(NULL);
}

START_TEST(empty_group_is_waited_for_at_once)
{
    run_at(run_procs[_i], wait_for_none, NULL);
}
END_TEST

/* ---- Canceling what waits -------------------------------------------------------------------- */

/* Everything that a task can wait for, and none of which will come. */
struct never {
    _Atomic(int) about_to_wait, canceled, other;
    rt_chan *empty, *full;
    rt_mutex mutex, inner;
    rt_wait_group wait_group;
    rt_semaphore semaphore;
    rt_rwmutex rwmutex;
    rt_cond cond;
};

static int wait_recv(struct never *never)
{
    return rt_chan_recv(never->empty, NULL);
}

static int wait_send(struct never *never)
{
    int value = 1;

    return rt_chan_send(never->full, &value);
}

static int wait_select(struct never *never)
{
    rt_case cases[] = {RT_RECV(never->empty, NULL), RT_SEND(never->full, &(int){1})};

    return rt_select(cases, 2, RT_FOREVER);
}

static int wait_select_timed(struct never *never)
{
    rt_case cases[] = {RT_RECV(never->empty, NULL)};

    return rt_select(cases, 1, 3600 * RT_SECOND);
}

static int wait_mutex(struct never *never)
{
    return rt_mutex_lock(&never->mutex);
}

static int wait_wait_group(struct never *never)
{
    return rt_wait_group_wait(&never->wait_group);
}

static int wait_sleep(struct never *never)
{
    (void)never;
    return rt_sleep(3600 * RT_SECOND);
}

static int wait_semaphore(struct never *never)
{
    return rt_semaphore_acquire(&never->semaphore);
}

static int wait_read_lock(struct never *never)
{
    return rt_rwmutex_read_lock(&never->rwmutex);
}

static int wait_write_lock(struct never *never)
{
    return rt_rwmutex_write_lock(&never->rwmutex);
}

static int wait_cond(struct never *never)
{
    int status;

    rt_mutex_lock(&never->inner);
    status = rt_cond_wait(&never->cond, &never->inner);
    rt_mutex_unlock(&never->inner); /* a misuse unless the wait locked it again */
    return status;
}

static int (*const waits[])(struct never *) = {
    wait_recv,  wait_send,      wait_select,    wait_select_timed, wait_mutex, wait_wait_group,
    wait_sleep, wait_semaphore, wait_read_lock, wait_write_lock,   wait_cond,
};

#define WAITS ((int)(sizeof waits / sizeof waits[0]))

struct waiting {
    struct never *never;
    int (*wait)(struct never *);
};

static void wait_until_canceled(void *arg)
{
    struct waiting *waiting = arg;
    struct never *never = waiting->never;

    atomic_fetch_add(&never->about_to_wait, 1);
    if (waiting->wait(never) == RT_ECANCELED && rt_canceled())
        atomic_fetch_add(&never->canceled, 1);
    else
        atomic_fetch_add(&never->other, 1);
}

static void never_begin(struct never *never)
{
    never->empty = ints_new(0);
    never->full = ints_new(1);
    ints_send(never->full, 7);
    rt_mutex_lock(&never->mutex);
    rt_wait_group_add(&never->wait_group, 1);
    rt_rwmutex_write_lock(&never->rwmutex);
}

/* Everything still works for those who were not canceled: nothing was lost or left behind. */
static void never_end(struct never *never)
{
    ck_assert_int_eq(ints_recv(never->full), 7);
    ck_assert_int_eq(rt_chan_len(never->full), 0);
    ck_assert_int_eq(rt_chan_try_recv(never->empty, NULL), RT_EAGAIN);
    rt_mutex_unlock(&never->mutex);
    ck_assert(rt_mutex_try_lock(&never->mutex));
    rt_wait_group_done(&never->wait_group);
    rt_wait_group_wait(&never->wait_group);
    rt_semaphore_release(&never->semaphore);
    ck_assert(rt_semaphore_try_acquire(&never->semaphore));
    rt_rwmutex_write_unlock(&never->rwmutex);
    rt_rwmutex_read_lock(&never->rwmutex);
    rt_cond_broadcast(&never->cond);
    rt_chan_free(never->empty);
    rt_chan_free(never->full);
}

static void start_waits(rt_group *group, struct waiting *waiting, struct never *never)
{
    for (int i = 0; i < WAITS; i++) {
        waiting[i] = (struct waiting){never, waits[i]};
        ck_assert_int_eq(rt_group_go(group, wait_until_canceled, &waiting[i]), RT_OK);
    }
}

static void cancel_all_waits(void *arg)
{
    struct never *never = arg;
    struct waiting waiting[WAITS];
    rt_group *group = rt_group_new(RT_FOREVER);

    never_begin(never);
    start_waits(group, waiting, never);
    yield_until(&never->about_to_wait, WAITS);
    yield_often(20);
    rt_group_cancel(group);
    ck_assert_int_eq(rt_group_wait(group), RT_ECANCELED);
    rt_group_free(group);
    never_end(never);
}

START_TEST(canceling_reaches_every_call_that_blocks)
{
    struct never never = {0};

    run_at(run_procs[_i], cancel_all_waits, &never);
    ck_assert_int_eq(never.canceled, WAITS);
    ck_assert_int_eq(never.other, 0);
}
END_TEST

static void cancel_before_they_wait(void *arg)
{
    struct never *never = arg;
    struct waiting waiting[WAITS];
    rt_group *group = rt_group_new(RT_FOREVER);

    rt_procs(1); /* none has run yet */
    never_begin(never);
    start_waits(group, waiting, never);
    rt_group_cancel(group);
    rt_procs(run_procs[RUN_PROCS - 1]);
    ck_assert_int_eq(rt_group_wait(group), RT_ECANCELED);
    ck_assert_int_eq(rt_group_go(group, wait_until_canceled, &waiting[0]), RT_ECANCELED);
    rt_group_free(group);
    never_end(never);
}

START_TEST(waits_that_begin_after_the_cancel_return_at_once)
{
    struct never never = {0};

    run_at(1, cancel_before_they_wait, &never);
    ck_assert_int_eq(never.canceled, WAITS);
}
END_TEST

static void time_out(void *arg)
{
    struct never *never = arg;
    struct waiting waiting[WAITS];
    rt_group *group = rt_group_new(RT_MS);

    never_begin(never);
    for (int i = 0; i < WAITS; i++) {
        waiting[i] = (struct waiting){never, waits[i]};
        /* On a slow machine the time may run out while they are being started. */
        if (rt_group_go(group, wait_until_canceled, &waiting[i]) != RT_OK)
            atomic_fetch_add(&never->canceled, 1);
    }
    ck_assert_int_eq(rt_group_wait(group), RT_ETIMEDOUT);
    rt_group_free(group);
    never_end(never);
}

START_TEST(deadline_cancels_the_group)
{
    struct never never = {0};

    run_at(run_procs[_i], time_out, &never);
    ck_assert_int_eq(never.canceled, WAITS);
}
END_TEST

/* ---- Groups below groups --------------------------------------------------------------------- */

static void wait_in_a_group_below(void *arg)
{
    struct never *never = arg;
    struct waiting waiting = {never, wait_recv};
    rt_group *below = rt_group_new(RT_FOREVER);

    rt_group_go(below, wait_until_canceled, &waiting);
    ck_assert_int_eq(rt_group_wait(below), RT_ECANCELED);
    rt_group_free(below);
}

static void cancel_from_above(void *arg)
{
    struct never *never = arg;
    rt_group *group = rt_group_new(RT_FOREVER);

    never->empty = ints_new(0);
    rt_group_go(group, wait_in_a_group_below, never);
    yield_until(&never->about_to_wait, 1);
    yield_often(20);
    rt_group_cancel(group);
    ck_assert_int_eq(rt_group_wait(group), RT_ECANCELED);
    rt_group_free(group);
    rt_chan_free(never->empty);
}

START_TEST(groups_below_are_canceled_with_the_group)
{
    struct never never = {0};

    run_at(run_procs[_i], cancel_from_above, &never);
    ck_assert_int_eq(never.canceled, 1);
}
END_TEST

/* ---- Races of cancel and wake-up ------------------------------------------------------------- */

#define ROUNDS 400

struct race {
    rt_chan *values;
    _Atomic(int) received, canceled;
};

static void receive_one(void *arg)
{
    struct race *race = arg;
    int value = 0;

    if (rt_chan_recv(race->values, &value) == RT_OK)
        atomic_fetch_add(&race->received, value);
    else
        atomic_fetch_add(&race->canceled, 1);
}

static void send_some(void *arg)
{
    for (int i = 0; i < 3; i++)
        rt_chan_try_send(((struct race *)arg)->values, &(int){1});
}

/* Sends and the cancel meet the same waiters: each task ends in exactly one of the two ways, and
 * each value that was sent arrived. */
static void race_sends_with_a_cancel(void *arg)
{
    struct race *race = arg;
    int lost = 0;

    for (int round = 0; round < ROUNDS; round++) {
        rt_group *group = rt_group_new(RT_FOREVER);

        for (int i = 0; i < 6; i++)
            rt_group_go(group, receive_one, race);
        start(send_some, race);
        yield_often(round % 4);
        rt_group_cancel(group);
        rt_group_wait(group);
        rt_group_free(group);
        yield_until_tasks(1);
        lost += race->received + race->canceled != 6 * (round + 1);
    }
    ck_assert_int_eq(lost, 0);
}

START_TEST(waiter_is_woken_by_a_value_or_by_the_cancel_never_both)
{
    struct race race = {.values = NULL};

    race.values = ints_new(0);
    run_at(run_procs[_i], race_sends_with_a_cancel, &race);
    rt_chan_free(race.values);
}
END_TEST

/* ---- Misuse ---------------------------------------------------------------------------------- */

static void receive_nothing(void *channel)
{
    rt_chan_recv(channel, NULL);
}

static void free_with_tasks(void *arg)
{
    rt_group *group = rt_group_new(RT_FOREVER);

    (void)arg;
    rt_group_go(group, receive_nothing, ints_new(0));
    rt_group_free(group); /* @free */
}

START_TEST(freeing_a_group_that_has_tasks_is_a_misuse)
{
    child_run(&child, free_with_tasks, NULL);
    ck_assert_int_eq(child.status, RT_EXIT_MISUSE);
    assert_reported(&child, place_of(__FILE__, "free"), (const char *[]){"misuse", "group", NULL});
}
END_TEST

static void wait_for_own_group(void *group)
{
    rt_group_wait(group); /* @own */
}

static void run_wait_for_own_group(void *arg)
{
    rt_group *group = rt_group_new(RT_FOREVER);

    (void)arg;
    rt_group_go(group, wait_for_own_group, group);
    rt_group_wait(group);
}

START_TEST(waiting_for_ones_own_group_is_a_misuse)
{
    child_run(&child, run_wait_for_own_group, NULL);
    ck_assert_int_eq(child.status, RT_EXIT_MISUSE);
    assert_reported(&child, place_of(__FILE__, "own"), (const char *[]){"misuse", "itself", NULL});
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("group");

    tcase_add_loop_test(tests, wait_returns_when_all_tasks_of_the_group_have_ended, 0, RUN_PROCS);
    tcase_add_loop_test(tests, empty_group_is_waited_for_at_once, 0, RUN_PROCS);
    tcase_add_loop_test(tests, canceling_reaches_every_call_that_blocks, 0, RUN_PROCS);
    tcase_add_test(tests, waits_that_begin_after_the_cancel_return_at_once);
    tcase_add_loop_test(tests, deadline_cancels_the_group, 0, RUN_PROCS);
    tcase_add_loop_test(tests, groups_below_are_canceled_with_the_group, 0, RUN_PROCS);
    tcase_add_loop_test(tests, waiter_is_woken_by_a_value_or_by_the_cancel_never_both, 0,
                        RUN_PROCS);
    tcase_add_test(tests, freeing_a_group_that_has_tasks_is_a_misuse);
    tcase_add_test(tests, waiting_for_ones_own_group_is_a_misuse);
    return run_tests("group", tests);
}
