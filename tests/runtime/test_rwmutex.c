/* test_rwmutex.c - tests of runtime/rwmutex.c: readers share, a writer is alone, both are let in in
 * the order in which they came, and nobody is forgotten behind a waiter that gave up. */
#include <check.h>
#include <stdatomic.h>
#include <string.h>

#include "child.h"
#include "rt.h"
#include "run.h"

#define TASKS 4
#define ROUNDS 1500

static struct child child;

/* ---- Who may be inside at once --------------------------------------------------------------- */

struct meeting {
    rt_rwmutex mutex;
    _Atomic(int) readers;
};

/* Leaves only when all are inside: hangs if readers exclude each other. */
static void read_together(void *arg)
{
    struct meeting *meeting = arg;

    rt_rwmutex_read_lock(&meeting->mutex);
    atomic_fetch_add(&meeting->readers, 1);
    yield_until(&meeting->readers, TASKS);
    rt_rwmutex_read_unlock(&meeting->mutex);
}

static void let_readers_meet(void *arg)
{
    for (int i = 0; i < TASKS; i++)
        start(read_together, arg);
    yield_until_tasks(1);
}

START_TEST(readers_are_inside_together)
{
    struct meeting meeting = {.readers = 0};

    run_at(run_procs[_i], let_readers_meet, &meeting);
}
END_TEST

static void let_waiting_readers_meet(void *arg)
{
    struct meeting *meeting = arg;

    rt_rwmutex_write_lock(&meeting->mutex);
    for (int i = 0; i < TASKS; i++)
        start(read_together, meeting);
    let_others_block();
    ck_assert_int_eq(meeting->readers, 0);
    rt_rwmutex_write_unlock(&meeting->mutex);
    yield_until_tasks(1);
}

START_TEST(readers_that_waited_are_let_in_together)
{
    struct meeting meeting = {.readers = 0};

    run_at(run_procs[_i], let_waiting_readers_meet, &meeting);
}
END_TEST

/* The halves are plain on purpose, and differ only while a writer is inside. */
struct document {
    rt_rwmutex mutex;
    int first_half, second_half;
    _Atomic(int) torn;
};

static void write_often(void *arg)
{
    struct document *document = arg;

    for (int i = 0; i < ROUNDS; i++) {
        rt_rwmutex_write_lock(&document->mutex);
        document->first_half++;
        if (i % 4 == 0)
            rt_yield();
        document->second_half++;
        rt_rwmutex_write_unlock(&document->mutex);
    }
}

static void read_often(void *arg)
{
    struct document *document = arg;

    for (int i = 0; i < ROUNDS; i++) {
        int first_half;

        rt_rwmutex_read_lock(&document->mutex);
        first_half = document->first_half;
        if (i % 4 == 0)
            rt_yield();
        atomic_fetch_add(&document->torn, first_half != document->second_half);
        rt_rwmutex_read_unlock(&document->mutex);
    }
}

static void read_and_write(void *arg)
{
    for (int i = 0; i < TASKS; i++) {
        start(write_often, arg);
        start(read_often, arg);
    }
    yield_until_tasks(1);
}

START_TEST(writer_is_inside_alone)
{
    struct document document = {.first_half = 0};

    run_at(run_procs[_i], read_and_write, &document);
    ck_assert_int_eq(document.torn, 0);
    ck_assert_int_eq(document.first_half, TASKS * ROUNDS);
    ck_assert_int_eq(document.second_half, TASKS * ROUNDS);
}
END_TEST

/* ---- Order ----------------------------------------------------------------------------------- */

/* Everybody who gets in writes down what he is. */
struct line {
    rt_rwmutex mutex;
    char kinds[16];
    _Atomic(int) count;
};

static void read_in_line(void *arg)
{
    struct line *line = arg;

    rt_rwmutex_read_lock(&line->mutex);
    line->kinds[atomic_fetch_add(&line->count, 1)] = 'r';
    rt_rwmutex_read_unlock(&line->mutex);
}

static void write_in_line(void *arg)
{
    struct line *line = arg;

    rt_rwmutex_write_lock(&line->mutex);
    line->kinds[atomic_fetch_add(&line->count, 1)] = 'w';
    rt_rwmutex_write_unlock(&line->mutex);
}

/* Starts a task for each letter, each only when the one before waits. */
static void stand_in_line(struct line *line, const char *kinds)
{
    for (; *kinds; kinds++) {
        start(*kinds == 'r' ? read_in_line : write_in_line, line);
        let_others_block();
    }
    ck_assert_int_eq(line->count, 0);
}

static void wait_for_a_writer(void *arg)
{
    struct line *line = arg;

    rt_rwmutex_write_lock(&line->mutex);
    stand_in_line(line, "rwrrwwr");
    rt_rwmutex_write_unlock(&line->mutex);
    yield_until_tasks(1);
}

START_TEST(waiters_are_let_in_in_the_order_of_their_coming)
{
    struct line line = {.count = 0};

    run_at(run_procs[_i], wait_for_a_writer, &line);
    ck_assert_str_eq(line.kinds, "rwrrwwr");
}
END_TEST

static void wait_for_a_reader(void *arg)
{
    struct line *line = arg;

    rt_rwmutex_read_lock(&line->mutex);
    stand_in_line(line, "wr");
    rt_rwmutex_read_unlock(&line->mutex);
    yield_until_tasks(1);
}

START_TEST(new_readers_wait_behind_a_waiting_writer)
{
    struct line line = {.count = 0};

    run_at(run_procs[_i], wait_for_a_reader, &line);
    ck_assert_str_eq(line.kinds, "wr");
}
END_TEST

static void let_two_readers_go(void *arg)
{
    struct line *line = arg;

    rt_rwmutex_read_lock(&line->mutex);
    rt_rwmutex_read_lock(&line->mutex); /* no writer waits: as good as two readers */
    stand_in_line(line, "w");
    rt_rwmutex_read_unlock(&line->mutex);
    let_others_block();
    ck_assert_int_eq(line->count, 0);
    rt_rwmutex_read_unlock(&line->mutex);
    yield_until_tasks(1);
}

START_TEST(writer_waits_for_the_last_reader)
{
    struct line line = {.count = 0};

    run_at(run_procs[_i], let_two_readers_go, &line);
    ck_assert_str_eq(line.kinds, "w");
}
END_TEST

/* ---- Canceling ------------------------------------------------------------------------------- */

static void write_until_canceled(void *arg)
{
    struct line *line = arg;

    if (rt_rwmutex_write_lock(&line->mutex) == RT_OK)
        line->kinds[atomic_fetch_add(&line->count, 1)] = 'W';
}

/* The readers behind the writer would wait for the end of a reader that needs none. */
static void cancel_a_writer(void *arg)
{
    struct line *line = arg;
    rt_group *group = rt_group_new(RT_FOREVER);

    rt_rwmutex_read_lock(&line->mutex);
    rt_group_go(group, write_until_canceled, line);
    let_others_block();
    stand_in_line(line, "rrw");
    rt_group_cancel(group);
    ck_assert_int_eq(rt_group_wait(group), RT_ECANCELED);
    yield_until(&line->count, 2);
    let_others_block();
    ck_assert_int_eq(line->count, 2);
    rt_rwmutex_read_unlock(&line->mutex);
    yield_until_tasks(1);
    rt_group_free(group);
}

START_TEST(canceled_writer_does_not_hold_up_the_readers_behind_it)
{
    struct line line = {.count = 0};

    run_at(run_procs[_i], cancel_a_writer, &line);
    ck_assert_str_eq(line.kinds, "rrw");
}
END_TEST

struct race {
    struct document document;
    _Atomic(int) ended;
};

static void lock_either_way(void *arg)
{
    struct race *race = arg;
    rt_rwmutex *mutex = &race->document.mutex;

    for (int i = 0; i < 4; i++) {
        if (rt_rwmutex_write_lock(mutex) == RT_OK) {
            race->document.first_half++;
            rt_yield();
            race->document.second_half++;
            rt_rwmutex_write_unlock(mutex);
        }
        if (rt_rwmutex_read_lock(mutex) == RT_OK) {
            atomic_fetch_add(&race->document.torn,
                             race->document.first_half != race->document.second_half);
            rt_rwmutex_read_unlock(mutex);
        }
    }
    atomic_fetch_add(&race->ended, 1);
}

/* Those who are not canceled end only if those who are have left the list and the lock in order. */
static void race_unlocks_with_cancels(void *arg)
{
    struct race *race = arg;

    for (int round = 0; round < 200; round++) {
        rt_group *group = rt_group_new(RT_FOREVER);

        for (int i = 0; i < 4; i++) {
            rt_group_go(group, lock_either_way, race);
            start(lock_either_way, race);
        }
        yield_often(round % 8);
        rt_group_cancel(group);
        rt_group_wait(group);
        rt_group_free(group);
        yield_until(&race->ended, 8 * (round + 1));
    }
    rt_rwmutex_write_lock(&race->document.mutex);
}

START_TEST(canceling_and_unlocking_may_meet)
{
    struct race race = {.ended = 0};

    run_at(run_procs[_i], race_unlocks_with_cancels, &race);
    ck_assert_int_eq(race.document.torn, 0);
}
END_TEST

/* ---- Reports --------------------------------------------------------------------------------- */

static rt_rwmutex table;

static void read_unlock_of_unlocked(void *arg)
{
    (void)arg;
    rt_rwmutex_read_unlock(&table); /* @read_unlock_of_unlocked */
}

static void write_unlock_of_unlocked(void *arg)
{
    (void)arg;
    rt_rwmutex_write_unlock(&table); /* @write_unlock_of_unlocked */
}

static void read_unlock_of_written(void *arg)
{
    (void)arg;
    rt_rwmutex_write_lock(&table);
    rt_rwmutex_read_unlock(&table); /* @read_unlock_of_written */
}

static void write_unlock_of_read(void *arg)
{
    (void)arg;
    rt_rwmutex_read_lock(&table);
    rt_rwmutex_write_unlock(&table); /* @write_unlock_of_read */
}

static const struct {
    void (*run)(void *arg);
    const char *name;
} misuses[] = {
    {read_unlock_of_unlocked, "read_unlock_of_unlocked"},
    {write_unlock_of_unlocked, "write_unlock_of_unlocked"},
    {read_unlock_of_written, "read_unlock_of_written"},
    {write_unlock_of_read, "write_unlock_of_read"},
};

START_TEST(unlocking_what_is_not_locked_in_that_way_is_a_misuse)
{
    child_run(&child, misuses[_i].run, NULL);
    ck_assert_int_eq(child.status, RT_EXIT_MISUSE);
    assert_reported(&child, place_of(__FILE__, misuses[_i].name),
                    (const char *[]){"misuse", "unlock", "`table`", NULL});
}
END_TEST

static void wait_to_read(void *arg)
{
    (void)arg;
    rt_rwmutex_read_lock(&table); /* @read */
}

static void wait_both_ways(void *arg)
{
    (void)arg;
    rt_rwmutex_write_lock(&table);
    start(wait_to_read, NULL);
    rt_rwmutex_write_lock(&table); /* @write */
}

START_TEST(deadlock_report_says_which_lock_is_waited_for)
{
    child_run(&child, wait_both_ways, (const char *[]){run_procs_environment[_i], NULL});
    ck_assert_int_eq(child.status, RT_EXIT_DEADLOCK);
    assert_reported(&child, place_of(__FILE__, "read"),
                    (const char *[]){"lock for reading", "`table`", NULL});
    assert_reported(&child, place_of(__FILE__, "write"),
                    (const char *[]){"lock for writing", "`table`", NULL});
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("rwmutex");

    tcase_add_loop_test(tests, readers_are_inside_together, 0, RUN_PROCS);
    tcase_add_loop_test(tests, readers_that_waited_are_let_in_together, 0, RUN_PROCS);
    tcase_add_loop_test(tests, writer_is_inside_alone, 0, RUN_PROCS);
    tcase_add_loop_test(tests, waiters_are_let_in_in_the_order_of_their_coming, 0, RUN_PROCS);
    tcase_add_loop_test(tests, new_readers_wait_behind_a_waiting_writer, 0, RUN_PROCS);
    tcase_add_loop_test(tests, writer_waits_for_the_last_reader, 0, RUN_PROCS);
    tcase_add_loop_test(tests, canceled_writer_does_not_hold_up_the_readers_behind_it, 0,
                        RUN_PROCS);
    tcase_add_loop_test(tests, canceling_and_unlocking_may_meet, 0, RUN_PROCS);
    tcase_add_loop_test(tests, unlocking_what_is_not_locked_in_that_way_is_a_misuse, 0,
                        (int)(sizeof misuses / sizeof misuses[0]));
    tcase_add_loop_test(tests, deadlock_report_says_which_lock_is_waited_for, 0, RUN_PROCS);
    return run_tests("rwmutex", tests);
}
