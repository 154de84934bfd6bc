/* test_deadlock.c - tests of the report of a deadlock: when all tasks are asleep, the program ends
 * with RT_EXIT_DEADLOCK and a list of all tasks, what each waits for, and where. */
#include <check.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "child.h"
#include "ints.h"
#include "rt.h"
#include "run.h"

static struct child child;
static rt_chan *jobs, *results;
static rt_mutex account;
static rt_wait_group crew;
static rt_once setup;

/* Runs the main task in a child, and asserts that it ends in a deadlock. */
static void deadlock(int i, void (*main_fn)(void *arg))
{
    child_run(&child, main_fn, (const char *[]){run_procs_environment[i], NULL});
    ck_assert(!child.timed_out);
    ck_assert_msg(child.status == RT_EXIT_DEADLOCK, "exit status %d:\n%.1000s", child.status,
                  child.err);
    ck_assert_msg(strstr(child.err, "deadlock: all tasks are asleep"), "%s", child.err);
    ck_assert_msg(count_reported(&child, "deadlock:") == 1, "more than one report:\n%.1000s",
                  child.err);
}

/* Asserts that an entry says: a task waits for this reason, for this object, at the marked
 * place. */
static void assert_waits(const char *reason, const char *object, const char *mark)
{
    assert_reported(&child, place_of(__FILE__, mark), (const char *[]){reason, object, NULL});
}

/* ---- Each reason to wait --------------------------------------------------------------------- */

static void receive_job(void *arg)
{
    int job;

    (void)arg;
    rt_chan_recv(jobs, &job); /* @receive */
}

static void send_result(void *arg)
{
    int result = 1;

    (void)arg;
    rt_chan_send(results, &result); /* @send */
}

static void receive_from_nothing(void *arg)
{
    rt_chan *nothing = NULL;

    (void)arg;
    rt_chan_recv(nothing, NULL); /* @receive from NULL */
}

static void send_to_nothing(void *arg)
{
    rt_chan *nothing = NULL;
    int value = 1;

    (void)arg;
    rt_chan_send(nothing, &value); /* @send to NULL */
}

static void select_either(void *arg)
{
    int result = 1;
    rt_case cases[] = {RT_RECV(jobs, NULL), RT_SEND(results, &result)};

    (void)arg;
    rt_select(cases, 2, RT_FOREVER); /* @select */
}

static void select_nothing(void *arg)
{
    (void)arg;
    rt_select(NULL, 0, RT_FOREVER); /* @empty select */
}

static void lock_account(void *arg)
{
    (void)arg;
    rt_mutex_lock(&account); /* @second lock */
}

static void wait_for_crew(void *arg)
{
    (void)arg;
    rt_wait_group_wait(&crew); /* @wait group */
}

static void wait_for_all_reasons(void *arg)
{
    (void)arg;
    rt_set_name("boss");
    jobs = ints_new(0);
    results = ints_new(0);
    rt_wait_group_add(&crew, 1);
    rt_mutex_lock(&account); /* @first lock */
    start(receive_from_nothing, NULL);
    start(send_to_nothing, NULL);
    start(select_nothing, NULL);
    start(lock_account, NULL);
    rt_wait_group_wait(&crew); /* @main waits */
}

START_TEST(report_says_what_each_task_waits_for_and_where)
{
    deadlock(_i, wait_for_all_reasons);
    assert_waits("boss", "`crew`", "main waits");
    assert_waits("wait group", "`crew`", "main waits");
    assert_waits("receive", "`nothing`", "receive from NULL");
    assert_waits("send", "`nothing`", "send to NULL");
    assert_waits("select", NULL, "empty select");
    assert_waits("mutex", "`account`", "second lock");
}
END_TEST

static void wait_for_channels(void *arg)
{
    (void)arg;
    jobs = ints_new(0);
    start(receive_job, NULL);
    start(wait_for_crew, NULL);
    rt_wait_group_add(&crew, 1);
    results = ints_new(1);
    send_result(NULL);
    send_result(NULL);
}

START_TEST(report_names_channels)
{
    deadlock(_i, wait_for_channels);
    assert_waits("receive", "`jobs`", "receive");
    assert_waits("send", "`results`", "send");
}
END_TEST

static void wait_in_select(void *arg)
{
    jobs = ints_new(0);
    results = ints_new(0);
    select_either(arg);
}

START_TEST(report_names_the_place_of_a_select)
{
    deadlock(_i, wait_in_select);
    assert_waits("select", NULL, "select");
}
END_TEST

START_TEST(report_says_who_holds_a_mutex)
{
    deadlock(_i, wait_for_all_reasons);
    assert_waits("held by task 1,", "`account`", "first lock");
}
END_TEST

static void run_setup(void *arg)
{
    rt_once_do(&setup, run_setup, arg); /* @once in once */
}

START_TEST(report_names_once)
{
    deadlock(_i, run_setup);
    assert_waits("", "`setup`", "once in once");
}
END_TEST

/* ---- All tasks ------------------------------------------------------------------------------- */

static void wait_with_a_name(void *arg)
{
    rt_set_name(arg);
    receive_job(NULL);
}

static void wait_with_others(void *arg)
{
    (void)arg;
    jobs = ints_new(0);
    start(wait_with_a_name, "grinder"); /* @grinder starts */
    start(wait_with_a_name, "steamer");
    receive_job(NULL);
}

START_TEST(report_lists_every_task_with_number_and_name)
{
    deadlock(_i, wait_with_others);
    ck_assert_msg(strstr(child.err, "task 1 "), "%s", child.err);
    ck_assert_msg(strstr(child.err, " grinder"), "%s", child.err);
    ck_assert_msg(strstr(child.err, " steamer"), "%s", child.err);
    assert_waits("spawned", "grinder", "grinder starts");
}
END_TEST

static void wait_with_many_others(void *arg)
{
    (void)arg;
    jobs = ints_new(0);
    for (int i = 0; i < 1000; i++)
        start(receive_job, NULL);
    receive_job(NULL);
}

START_TEST(long_list_is_cut_and_says_how_many_are_left_out)
{
    deadlock(_i, wait_with_many_others);
    ck_assert_int_lt(count_reported(&child, "\n"), 200);
    ck_assert_ptr_nonnull(strstr(child.err, " more"));
    ck_assert_msg(strstr(child.err, "task 1 "), "the main task is left out:\n%.1000s", child.err);
}
END_TEST

/* ---- When it is one, and when not ------------------------------------------------------------ */

static void sleep_and_count(void *arg)
{
    rt_sleep(3 * RT_MS);
    atomic_fetch_add((_Atomic(int) *)arg, 1);
}

static _Atomic(int) slept;

static void wait_while_others_sleep(void *arg)
{
    (void)arg;
    for (int i = 0; i < 3; i++)
        start(sleep_and_count, &slept);
    jobs = ints_new(0);
    say("waiting");
    receive_job(NULL);
}

START_TEST(sleepers_wake_before_it_is_a_deadlock)
{
    deadlock(_i, wait_while_others_sleep);
    ck_assert_str_eq(child.out, "waiting");
    ck_assert_ptr_null(strstr(child.err, "sleep_and_count"));
}
END_TEST

static void select_with_timeout(void *arg)
{
    (void)arg;
    jobs = ints_new(0);
    if (rt_select((rt_case[]){RT_RECV(jobs, NULL)}, 1, 2 * RT_MS) == RT_ETIMEDOUT)
        say("timeout");
}

START_TEST(waiting_with_a_timeout_is_no_deadlock)
{
    child_run(&child, select_with_timeout, (const char *[]){run_procs_environment[_i], NULL});
    ck_assert_int_eq(child.status, 0);
    ck_assert_str_eq(child.out, "timeout");
}
END_TEST

/* The last running task may end on any proc, at any time: somebody must always notice. */
static void end_somehow(void *arg)
{
    spin(*(int *)arg);
}

static void wait_for_tasks_that_end(void *arg)
{
    static int steps[8] = {0, 10, 100, 500, 1000, 3000, 10000, 50000};

    (void)arg;
    jobs = ints_new(0);
    for (int i = 0; i < 8; i++)
        start(end_somehow, &steps[i]);
    receive_job(NULL);
}

START_TEST(deadlock_is_noticed_whoever_stops_last)
{
    for (int i = 0; i < 30; i++)
        deadlock(_i, wait_for_tasks_that_end);
}
END_TEST

static void print_then_wait(void *arg)
{
    (void)arg;
    printf("printed before\n");
    jobs = ints_new(0);
    receive_job(NULL);
}

START_TEST(what_was_printed_before_comes_out)
{
    deadlock(_i, print_then_wait);
    ck_assert_str_eq(child.out, "printed before\n");
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("deadlock");

    tcase_add_loop_test(tests, report_says_what_each_task_waits_for_and_where, 0, RUN_PROCS);
    tcase_add_loop_test(tests, report_names_channels, 0, RUN_PROCS);
    tcase_add_loop_test(tests, report_names_the_place_of_a_select, 0, RUN_PROCS);
    tcase_add_loop_test(tests, report_says_who_holds_a_mutex, 0, RUN_PROCS);
    tcase_add_loop_test(tests, report_names_once, 0, RUN_PROCS);
    tcase_add_loop_test(tests, report_lists_every_task_with_number_and_name, 0, RUN_PROCS);
    tcase_add_loop_test(tests, long_list_is_cut_and_says_how_many_are_left_out, 0, RUN_PROCS);
    tcase_add_loop_test(tests, sleepers_wake_before_it_is_a_deadlock, 0, RUN_PROCS);
    tcase_add_loop_test(tests, waiting_with_a_timeout_is_no_deadlock, 0, RUN_PROCS);
    tcase_add_loop_test(tests, deadlock_is_noticed_whoever_stops_last, 0, RUN_PROCS);
    tcase_add_loop_test(tests, what_was_printed_before_comes_out, 0, RUN_PROCS);
    return run_tests("deadlock", tests);
}
