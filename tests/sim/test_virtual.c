/* Tests of virtual time: the figures that the course claims, exactly, on any machine. All times
 * here are virtual, and the same in every run. */
#include <check.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "rt.h"
#include "timed.h"

/* ---- Waiting --------------------------------------------------------------------------------- */

static void nap(void *arg)
{
    (void)arg;
    rt_sleep(200 * RT_MS);
    rt_wait_group_done(&done);
}

static void ten_naps(void)
{
    run_all(10, nap);
}

START_TEST(ten_waits_of_200_ms_take_200_ms_on_any_number_of_procs)
{
    static const int procs[] = {1, 2, 8, 64};
    for (size_t i = 0; i < sizeof procs / sizeof *procs; i++) {
        int64_t took_ns = time_on(procs[i], ten_naps);
        ck_assert_int_ge(took_ns, 200 * RT_MS);
        ck_assert_int_lt(took_ns, 201 * RT_MS); /* overlap 10.0, to a digit */
    }
}
END_TEST

static void sleep_for_years(void)
{
    rt_sleep(5 * 365 * 24 * 3600 * RT_SECOND / 100);
}

START_TEST(sleeping_for_long_takes_no_time)
{
    ck_assert_int_gt(time_on(1, sleep_for_years), 10 * 24 * 3600 * RT_SECOND);
}
END_TEST

static void nanosleep_nap(void *arg)
{
    struct timespec wish = {.tv_nsec = 10 * RT_MS};
    (void)arg;
    nanosleep(&wish, NULL);
    rt_wait_group_done(&done);
}

static void four_nanosleeps(void)
{
    run_all(4, nanosleep_nap);
}

START_TEST(sleeps_of_the_c_library_block_their_proc)
{
    ck_assert_int_ge(time_on(1, four_nanosleeps), 40 * RT_MS);
    ck_assert_int_lt(time_on(1, four_nanosleeps), 41 * RT_MS);
    ck_assert_int_lt(time_on(4, four_nanosleeps), 11 * RT_MS);
}
END_TEST

static void nothing(void *arg)
{
    (void)arg;
}

static void blocking_nap(void *arg)
{
    usleep(10 * 1000);
    nothing(arg);
}

static void blocking_task(void *arg)
{
    rt_blocking(blocking_nap, arg);
    rt_wait_group_done(&done);
}

static void four_blocking_naps(void)
{
    run_all(4, blocking_task);
}

START_TEST(rt_blocking_hands_the_proc_over)
{
    ck_assert_int_lt(time_on(1, four_blocking_naps), 11 * RT_MS);
}
END_TEST

/* ---- Computing ------------------------------------------------------------------------------- */

START_TEST(work_gains_nothing_on_one_proc_and_nearly_all_on_many)
{
    ck_assert_double_gt(speedup_on(2, sixty_four_jobs), 1.95);
    ck_assert_double_gt(speedup_on(8, sixty_four_jobs), 7.2);
    ck_assert_double_le(speedup_on(8, sixty_four_jobs), 8.0);
}
END_TEST

static void seventy_five_percent(void)
{
    compute(80 * STEP); /* 25% of it all */
    run_all(240, job);
}

START_TEST(amdahl_with_a_quarter_serial_is_as_the_law_says)
{
    static const struct {
        int procs;
        double speedup;
    } law[] = {{2, 1.6}, {4, 2.2857}, {8, 2.9091}};
    for (size_t i = 0; i < sizeof law / sizeof *law; i++) {
        double speedup = speedup_on(law[i].procs, seventy_five_percent);
        ck_assert_double_gt(speedup, law[i].speedup * 0.99);
        ck_assert_double_lt(speedup, law[i].speedup * 1.01);
    }
}
END_TEST

START_TEST(work_under_one_lock_gains_nothing)
{
    double speedup = speedup_on(8, jobs_under_one_lock);
    ck_assert_double_le(speedup, 1.001);
    ck_assert_double_gt(speedup, 0.9);
}
END_TEST

static rt_chan *counter;

static void count(void *arg)
{
    (void)arg;
    for (int i = 0; i < 500; i++)
        rt_chan_send(counter, &i);
    rt_wait_group_done(&done);
}

static void sum_up(void *arg)
{
    int n;
    (void)arg;
    while (rt_chan_recv(counter, &n) == RT_OK)
        sink += (unsigned)n;
    rt_wait_group_done(&done);
}

/* Eight tasks that do nothing but hand over numbers, one by one. */
static void hand_over(void)
{
    counter = rt_chan_new(sizeof(int), 0);
    rt_wait_group_add(&done, 8);
    for (int i = 0; i < 8; i++)
        rt_go(count, NULL);
    rt_go(sum_up, NULL);
    rt_wait_group_wait(&done);
    rt_wait_group_add(&done, 1); /* the receiver */
    rt_chan_close(counter);
    rt_wait_group_wait(&done);
    rt_chan_free(counter);
}

START_TEST(coordination_is_slower_on_many_procs)
{
    ck_assert_double_lt(speedup_on(8, hand_over), 0.9);
}
END_TEST

/* ---- A thousand payments --------------------------------------------------------------------- */

/* Lesson 20: whoever signs needs a session, which costs as much as two signatures. */
#define PAYMENTS 1000
#define SIGNATURE (STEP / 10)

static bool sessions; /* whether they cost anything */
static atomic_int payments_left;

static void open_session(void)
{
    compute(sessions ? 2 * SIGNATURE : 0);
}

static void sign_one(void *arg)
{
    (void)arg;
    open_session();
    compute(SIGNATURE);
    rt_wait_group_done(&done);
}

static void sign_all_that_are_left(void *arg)
{
    (void)arg;
    open_session();
    while (atomic_fetch_sub(&payments_left, 1) > 0)
        compute(SIGNATURE);
    rt_wait_group_done(&done);
}

static void task_for_each_payment(void)
{
    run_all(PAYMENTS, sign_one);
}

static void pool_of_two(void)
{
    payments_left = PAYMENTS;
    run_all(2, sign_all_that_are_left);
}

static double tasks_over_pool(int procs)
{
    return (double)time_on(procs, task_for_each_payment) / (double)time_on(procs, pool_of_two);
}

START_TEST(a_thousand_signing_tasks_take_three_times_as_long_as_a_pool)
{
    sessions = true;
    for (int procs = 1; procs <= 2; procs++) {
        double ratio = tasks_over_pool(procs);
        ck_assert_double_gt(ratio, 2.97);
        ck_assert_double_lt(ratio, 3.01);
    }
}
END_TEST

/* It is not their number that makes them slow, but what each of them brings along. */
START_TEST(a_thousand_tasks_that_bring_nothing_along_are_as_fast_as_a_pool)
{
    sessions = false;
    for (int procs = 1; procs <= 2; procs++) {
        double ratio = tasks_over_pool(procs);
        ck_assert_double_gt(ratio, 0.99);
        ck_assert_double_lt(ratio, 1.01);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("virtual time");
    TCase *tests = tcase_create("virtual time");

    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, ten_waits_of_200_ms_take_200_ms_on_any_number_of_procs);
    tcase_add_test(tests, sleeping_for_long_takes_no_time);
    tcase_add_test(tests, sleeps_of_the_c_library_block_their_proc);
    tcase_add_test(tests, rt_blocking_hands_the_proc_over);
    tcase_add_test(tests, work_gains_nothing_on_one_proc_and_nearly_all_on_many);
    tcase_add_test(tests, amdahl_with_a_quarter_serial_is_as_the_law_says);
    tcase_add_test(tests, work_under_one_lock_gains_nothing);
    tcase_add_test(tests, coordination_is_slower_on_many_procs);
    tcase_add_test(tests, a_thousand_signing_tasks_take_three_times_as_long_as_a_pool);
    tcase_add_test(tests, a_thousand_tasks_that_bring_nothing_along_are_as_fast_as_a_pool);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
