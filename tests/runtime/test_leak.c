/* test_leak.c - tests of RT_LEAKS=1: tasks that are blocked for ever when main has returned are
 * reported, and the program ends with RT_EXIT_LEAK. */
#include <check.h>
#include <stdatomic.h>
#include <string.h>

#include "child.h"
#include "ints.h"
#include "rt.h"
#include "run.h"

static struct child child;
static rt_chan *jobs;
static rt_mutex mutex;
static int one = 1;

static void run_with(int i, const char *leaks, void (*main_fn)(void *arg))
{
    child_run(&child, main_fn, (const char *[]){run_procs_environment[i], leaks, NULL});
    ck_assert(!child.timed_out);
}

/* ---- Leaks ----------------------------------------------------------------------------------- */

static void receive_job(void *arg)
{
    (void)arg;
    rt_set_name("worker");
    rt_chan_recv(jobs, NULL); /* @receive */
}

static void send_job(void *arg)
{
    (void)arg;
    rt_chan_send(jobs, &one); /* @send */
}

static void forget_a_worker(void *arg)
{
    (void)arg;
    jobs = ints_new(0);
    start(receive_job, NULL); /* @spawn */
    say("main ends");
}

START_TEST(task_blocked_for_ever_is_a_leak)
{
    run_with(_i, "RT_LEAKS=1", forget_a_worker);
    ck_assert_msg(child.status == RT_EXIT_LEAK, "exit status %d:\n%s", child.status, child.err);
    ck_assert_str_eq(child.out, "main ends");
    ck_assert_msg(strstr(child.err, "leak"), "%s", child.err);
    assert_reported(&child, place_of(__FILE__, "receive"),
                    (const char *[]){"worker", "receive", "`jobs`", NULL});
    assert_reported(&child, place_of(__FILE__, "spawn"), (const char *[]){"worker", NULL});
}
END_TEST

START_TEST(leaks_are_not_looked_for_unless_asked)
{
    run_with(_i, "RT_LEAKS=0", forget_a_worker);
    ck_assert_int_eq(child.status, 0);
    ck_assert_str_eq(child.err, "");
    run_with(_i, "RT_LEAKS=", forget_a_worker);
    ck_assert_int_eq(child.status, 0);
}
END_TEST

static void forget_senders(void *arg)
{
    (void)arg;
    jobs = ints_new(0);
    for (int i = 0; i < 3; i++)
        start(send_job, NULL);
    rt_chan_recv(jobs, NULL);
}

START_TEST(only_the_tasks_that_are_left_are_reported)
{
    run_with(_i, "RT_LEAKS=1", forget_senders);
    ck_assert_int_eq(child.status, RT_EXIT_LEAK);
    ck_assert_int_eq(count_reported(&child, "`jobs`"), 2);
    ck_assert_ptr_null(strstr(child.err, "task 1 "));
}
END_TEST

static void lock_and_end(void *arg)
{
    (void)arg;
    rt_mutex_lock(&mutex); /* @lock */
}

static void keep_a_lock(void *arg)
{
    (void)arg;
    rt_mutex_lock(&mutex);
    start(lock_and_end, NULL);
}

START_TEST(lock_that_main_kept_is_a_leak)
{
    run_with(_i, "RT_LEAKS=1", keep_a_lock);
    ck_assert_int_eq(child.status, RT_EXIT_LEAK);
    assert_reported(&child, place_of(__FILE__, "lock"), (const char *[]){"`mutex`", NULL});
}
END_TEST

/* ---- No leaks -------------------------------------------------------------------------------- */

static void work_then_say(void *arg)
{
    yield_often(20);
    rt_sleep(2 * RT_MS);
    say("%s ", (const char *)arg);
}

static void leave_work(void *arg)
{
    (void)arg;
    for (int i = 0; i < 3; i++)
        start(work_then_say, "done");
}

START_TEST(tasks_that_can_end_do_so_first)
{
    run_with(_i, "RT_LEAKS=1", leave_work);
    ck_assert_int_eq(child.status, 0);
    ck_assert_str_eq(child.out, "done done done ");
    ck_assert_str_eq(child.err, "");
}
END_TEST

/* What main left behind may free itself: the last value is sent by a task that itself was left. */
static void send_late(void *arg)
{
    rt_sleep(RT_MS);
    send_job(arg);
}

static void receive_and_say(void *arg)
{
    (void)arg;
    say("got %d", ints_recv(jobs));
}

static void leave_a_conversation(void *arg)
{
    (void)arg;
    jobs = ints_new(0);
    start(receive_and_say, NULL);
    start(send_late, NULL);
}

START_TEST(tasks_that_free_each_other_are_no_leak)
{
    run_with(_i, "RT_LEAKS=1", leave_a_conversation);
    ck_assert_msg(child.status == 0, "exit status %d:\n%s", child.status, child.err);
    ck_assert_str_eq(child.out, "got 1");
}
END_TEST

static void end_alone(void *arg)
{
    (void)arg;
}

START_TEST(program_without_other_tasks_ends_well)
{
    run_with(_i, "RT_LEAKS=1", end_alone);
    ck_assert_int_eq(child.status, 0);
}
END_TEST

static void deadlock_in_main(void *arg)
{
    (void)arg;
    ints_recv(NULL);
}

START_TEST(deadlock_stays_a_deadlock)
{
    run_with(_i, "RT_LEAKS=1", deadlock_in_main);
    ck_assert_int_eq(child.status, RT_EXIT_DEADLOCK);
}
END_TEST

static void run_three_times(void *arg)
{
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(rt_run(leave_work, arg), RT_OK);
}

START_TEST(several_runs_are_each_looked_at)
{
    child_call(&child, run_three_times,
               (const char *[]){run_procs_environment[_i], "RT_LEAKS=1", NULL});
    ck_assert_int_eq(child.status, 0);
    ck_assert_uint_eq(strlen(child.out), 9 * strlen("done "));
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("leak");

    tcase_add_loop_test(tests, task_blocked_for_ever_is_a_leak, 0, RUN_PROCS);
    tcase_add_loop_test(tests, leaks_are_not_looked_for_unless_asked, 0, RUN_PROCS);
    tcase_add_loop_test(tests, only_the_tasks_that_are_left_are_reported, 0, RUN_PROCS);
    tcase_add_loop_test(tests, lock_that_main_kept_is_a_leak, 0, RUN_PROCS);
    tcase_add_loop_test(tests, tasks_that_can_end_do_so_first, 0, RUN_PROCS);
    tcase_add_loop_test(tests, tasks_that_free_each_other_are_no_leak, 0, RUN_PROCS);
    tcase_add_loop_test(tests, program_without_other_tasks_ends_well, 0, RUN_PROCS);
    tcase_add_loop_test(tests, deadlock_stays_a_deadlock, 0, RUN_PROCS);
    tcase_add_loop_test(tests, several_runs_are_each_looked_at, 0, RUN_PROCS);
    return run_tests("leak", tests);
}
