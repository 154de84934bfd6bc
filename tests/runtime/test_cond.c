/* test_cond.c - tests of runtime/cond.c: who is woken by what, that no signal is lost, and that the
 * mutex is free during the wait and locked after it, whatever ends the wait. */
#include <check.h>
#include <stdatomic.h>

#include "child.h"
#include "rt.h"
#include "run.h"

#define TASKS 6

static struct child child;

/* ---- Who wakes ------------------------------------------------------------------------------- */

struct hall {
    rt_mutex mutex;
    rt_cond doors;
    _Atomic(int) next_place, woken;
    int order[TASKS]; /* mutex */
    int statuses;     /* mutex: the sum of what the waits returned */
};

static void wait_once(void *arg)
{
    struct hall *hall = arg;
    int place;

    rt_mutex_lock(&hall->mutex);
    place = atomic_fetch_add(&hall->next_place, 1);
    hall->statuses += rt_cond_wait(&hall->doors, &hall->mutex);
    hall->order[hall->woken] = place;
    atomic_fetch_add(&hall->woken, 1);
    rt_mutex_unlock(&hall->mutex);
}

static void let_wait(struct hall *hall, int tasks)
{
    for (int i = 0; i < tasks; i++) {
        start(wait_once, hall);
        let_others_block();
    }
    ck_assert_int_eq(hall->woken, 0);
}

static void signal_one_by_one(void *arg)
{
    struct hall *hall = arg;

    let_wait(hall, TASKS);
    for (int i = 1; i <= TASKS; i++) {
        rt_cond_signal(&hall->doors);
        yield_until(&hall->woken, i);
        let_others_block();
        ck_assert_int_eq(hall->woken, i);
    }
}

START_TEST(signal_wakes_the_one_that_waited_longest_and_no_other)
{
    struct hall hall = {.statuses = 0};

    run_at(run_procs[_i], signal_one_by_one, &hall);
    for (int i = 0; i < TASKS; i++)
        ck_assert_int_eq(hall.order[i], i);
    ck_assert_int_eq(hall.statuses, RT_OK);
}
END_TEST

static void broadcast_once(void *arg)
{
    struct hall *hall = arg;

    let_wait(hall, TASKS);
    rt_cond_broadcast(&hall->doors);
    yield_until(&hall->woken, TASKS);
}

START_TEST(broadcast_wakes_all)
{
    struct hall hall = {.statuses = 0};

    run_at(run_procs[_i], broadcast_once, &hall);
    ck_assert_int_eq(hall.statuses, RT_OK);
}
END_TEST

static void signal_too_early(void *arg)
{
    struct hall *hall = arg;

    rt_cond_signal(&hall->doors);
    rt_cond_broadcast(&hall->doors);
    let_wait(hall, 1);
    rt_cond_signal(&hall->doors);
    yield_until(&hall->woken, 1);
}

START_TEST(signal_without_a_waiter_is_not_kept)
{
    struct hall hall = {.statuses = 0};

    run_at(run_procs[_i], signal_too_early, &hall);
}
END_TEST

static void signal_with_the_mutex_held(void *arg)
{
    struct hall *hall = arg;

    let_wait(hall, TASKS);
    rt_mutex_lock(&hall->mutex); /* it is free while they wait */
    rt_cond_broadcast(&hall->doors);
    let_others_block();
    ck_assert_int_eq(hall->woken, 0);
    rt_mutex_unlock(&hall->mutex);
    yield_until(&hall->woken, TASKS);
    yield_until_tasks(1);
    ck_assert(rt_mutex_try_lock(&hall->mutex)); /* each has unlocked what it had locked */
}

START_TEST(woken_tasks_go_on_with_the_mutex_only)
{
    struct hall hall = {.statuses = 0};

    run_at(run_procs[_i], signal_with_the_mutex_held, &hall);
}
END_TEST

/* ---- No signal is lost ----------------------------------------------------------------------- */

/* The book's example: producers and consumers around a small buffer. Each change is told with a
 * single signal, so one that is lost between a consumer's look and its wait is a deadlock in the
 * end. */
#define VALUES 3000
#define SPACE 2

struct buffer {
    rt_mutex mutex;
    rt_cond not_full, not_empty;
    int count, put, taken; /* mutex */
    int broken;            /* mutex */
};

static void produce(void *arg)
{
    struct buffer *buffer = arg;

    for (int i = 0; i < VALUES; i++) {
        rt_mutex_lock(&buffer->mutex);
        while (buffer->count == SPACE)
            rt_cond_wait(&buffer->not_full, &buffer->mutex);
        buffer->count++;
        buffer->put++;
        buffer->broken += buffer->count > SPACE;
        rt_cond_signal(&buffer->not_empty);
        rt_mutex_unlock(&buffer->mutex);
    }
}

static void consume(void *arg)
{
    struct buffer *buffer = arg;

    for (int i = 0; i < VALUES; i++) {
        rt_mutex_lock(&buffer->mutex);
        while (buffer->count == 0)
            rt_cond_wait(&buffer->not_empty, &buffer->mutex);
        buffer->count--;
        buffer->taken++;
        buffer->broken += buffer->count < 0;
        rt_mutex_unlock(&buffer->mutex);
        rt_cond_signal(&buffer->not_full); /* without the mutex is as good */
    }
}

static void produce_and_consume(void *arg)
{
    for (int i = 0; i < 3; i++) {
        start(produce, arg);
        start(consume, arg);
    }
    yield_until_tasks(1);
}

START_TEST(no_signal_is_lost_between_unlock_and_wait)
{
    struct buffer buffer = {.count = 0};

    run_at(run_procs[_i], produce_and_consume, &buffer);
    ck_assert_int_eq(buffer.broken, 0);
    ck_assert_int_eq(buffer.count, 0);
    ck_assert_int_eq(buffer.put, 3 * VALUES);
    ck_assert_int_eq(buffer.taken, 3 * VALUES);
}
END_TEST

/* ---- Canceling ------------------------------------------------------------------------------- */

static void cancel_while_the_mutex_is_held(void *arg)
{
    struct hall *hall = arg;
    rt_group *group = rt_group_new(RT_FOREVER);

    rt_group_go(group, wait_once, hall);
    let_others_block();
    rt_mutex_lock(&hall->mutex);
    rt_group_cancel(group);
    let_others_block();
    ck_assert_int_eq(hall->woken, 0); /* waits for the mutex, although it is canceled */
    rt_mutex_unlock(&hall->mutex);
    ck_assert_int_eq(rt_group_wait(group), RT_ECANCELED);
    rt_group_free(group);
    ck_assert_int_eq(hall->woken, 1);
    ck_assert(rt_mutex_try_lock(&hall->mutex));
}

START_TEST(canceled_wait_locks_the_mutex_too)
{
    struct hall hall = {.statuses = 0};

    run_at(run_procs[_i], cancel_while_the_mutex_is_held, &hall);
    ck_assert_int_eq(hall.statuses, RT_ECANCELED);
}
END_TEST

static void wait_twice(void *arg)
{
    wait_once(arg);
    wait_once(arg);
}

static void cancel_two_waits(void *arg)
{
    struct hall *hall = arg;
    rt_group *group = rt_group_new(RT_FOREVER);

    rt_group_go(group, wait_twice, hall);
    let_others_block();
    rt_group_cancel(group);
    rt_group_wait(group);
    rt_group_free(group);
}

START_TEST(task_belongs_to_its_group_still_after_a_canceled_wait)
{
    struct hall hall = {.statuses = 0};

    run_at(run_procs[_i], cancel_two_waits, &hall);
    ck_assert_int_eq(hall.statuses, 2 * RT_ECANCELED);
}
END_TEST

struct race {
    rt_mutex mutex;
    rt_cond cond;
    _Atomic(int) waiting, woken, canceled;
};

static void wait_to_be_woken(void *arg)
{
    struct race *race = arg;
    int status;

    rt_mutex_lock(&race->mutex);
    atomic_fetch_add(&race->waiting, 1);
    status = rt_cond_wait(&race->cond, &race->mutex);
    rt_mutex_unlock(&race->mutex);
    atomic_fetch_add(status == RT_OK ? &race->woken : &race->canceled, 1);
}

static void signal_once(void *arg)
{
    rt_cond_signal(&((struct race *)arg)->cond);
}

/* The first in line is canceled while a signal comes: either it was woken, or the second was. */
static void race_a_signal_with_a_cancel(struct race *race, int round)
{
    rt_group *group = rt_group_new(RT_FOREVER);

    *race = (struct race){.waiting = 0};
    rt_group_go(group, wait_to_be_woken, race);
    yield_until(&race->waiting, 1);
    start(wait_to_be_woken, race);
    yield_until(&race->waiting, 2);
    rt_mutex_lock(&race->mutex); /* once we have it, both have entered the list */
    rt_mutex_unlock(&race->mutex);
    start(signal_once, race);
    yield_often(round % 3);
    rt_group_cancel(group);
    rt_group_wait(group);
    rt_group_free(group);
    yield_until(&race->woken, 1); /* hangs if the signal was lost */
    if (race->canceled == 0)
        rt_cond_signal(&race->cond);
    yield_until_tasks(1);
}

static void race_signals_with_cancels(void *arg)
{
    struct race race;

    (void)arg;
    for (int round = 0; round < 400; round++) {
        race_a_signal_with_a_cancel(&race, round);
        ck_assert_int_eq(race.woken + race.canceled, 2);
    }
}

START_TEST(canceled_waiter_takes_no_signal_with_it)
{
    run_at(run_procs[_i], race_signals_with_cancels, NULL);
}
END_TEST

/* ---- Reports --------------------------------------------------------------------------------- */

static rt_mutex gate;
static rt_cond opened;

static void wait_without_the_mutex(void *arg)
{
    (void)arg;
    rt_cond_wait(&opened, &gate); /* @without */
}

START_TEST(waiting_without_the_mutex_is_a_misuse)
{
    child_run(&child, wait_without_the_mutex, NULL);
    ck_assert_int_eq(child.status, RT_EXIT_MISUSE);
    assert_reported(&child, place_of(__FILE__, "without"),
                    (const char *[]){"misuse", "unlock", NULL});
}
END_TEST

static void wait_for_ever(void *arg)
{
    (void)arg;
    rt_mutex_lock(&gate);
    rt_cond_wait(&opened, &gate); /* @for ever */
}

START_TEST(deadlock_report_names_the_condition)
{
    child_run(&child, wait_for_ever, (const char *[]){run_procs_environment[_i], NULL});
    ck_assert_int_eq(child.status, RT_EXIT_DEADLOCK);
    assert_reported(&child, place_of(__FILE__, "for ever"),
                    (const char *[]){"condition", "`opened`", NULL});
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("cond");

    tcase_add_loop_test(tests, signal_wakes_the_one_that_waited_longest_and_no_other, 0, RUN_PROCS);
    tcase_add_loop_test(tests, broadcast_wakes_all, 0, RUN_PROCS);
    tcase_add_loop_test(tests, signal_without_a_waiter_is_not_kept, 0, RUN_PROCS);
    tcase_add_loop_test(tests, woken_tasks_go_on_with_the_mutex_only, 0, RUN_PROCS);
    tcase_add_loop_test(tests, no_signal_is_lost_between_unlock_and_wait, 0, RUN_PROCS);
    tcase_add_loop_test(tests, canceled_wait_locks_the_mutex_too, 0, RUN_PROCS);
    tcase_add_loop_test(tests, task_belongs_to_its_group_still_after_a_canceled_wait, 0, RUN_PROCS);
    tcase_add_loop_test(tests, canceled_waiter_takes_no_signal_with_it, 0, RUN_PROCS);
    tcase_add_test(tests, waiting_without_the_mutex_is_a_misuse);
    tcase_add_loop_test(tests, deadlock_report_names_the_condition, 0, RUN_PROCS);
    return run_tests("cond", tests);
}
