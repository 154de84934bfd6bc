/* test_stats.c - tests of runtime/stats.c: the counters count what happened. */
#include <check.h>
#include <string.h>

#include "ints.h"
#include "rt.h"
#include "run.h"

#define VALUES 100

static int64_t parks(const struct rt_stats *stats, const char *wait)
{
    for (int i = 0; i < RT_STATS_WAITS; i++) {
        if (rt_stats_wait(i) != NULL && strcmp(rt_stats_wait(i), wait) == 0)
            return stats->parks[i];
    }
    return -1;
}

static void do_nothing(void *arg)
{
    (void)arg;
}

static void send_all(void *channel)
{
    for (int i = 0; i < VALUES; i++)
        ints_send(channel, i);
}

static void receive_all(void *arg)
{
    struct rt_stats *stats = arg;
    rt_chan *values = ints_new(0);

    start(send_all, values);
    for (int i = 0; i < VALUES; i++)
        ints_recv(values);
    yield_until_tasks(1);
    rt_sleep(1);
    rt_chan_free(values);
    rt_stats_get(stats);
}

START_TEST(counters_count_tasks_switches_and_waits)
{
    struct rt_stats stats;

    run_at(run_procs[_i], receive_all, &stats);
    ck_assert_int_eq(stats.tasks_started, 2);
    ck_assert_int_eq(stats.tasks_ended, 1);
    ck_assert_int_eq(parks(&stats, "sleep"), 1);
    ck_assert_int_eq(parks(&stats, "lock mutex"), 0);
    /* Unbuffered: for each value one side was there first, and waited. */
    ck_assert_int_ge(parks(&stats, "send to") + parks(&stats, "receive from"), VALUES / 2);
    ck_assert_int_ge(stats.switches, VALUES / 2);
}
END_TEST

/* Tasks that nobody waits for: main goes on, and a proc that looks for work takes one now and
 * then. With one proc there is nobody to take any. */
static void leave_work(void *arg)
{
    struct rt_stats *stats = arg;

    do {
        for (int i = 0; i < VALUES; i++)
            start(do_nothing, NULL);
        yield_until_tasks(1);
        rt_stats_get(stats);
    } while (stats->steals == 0 && (rt_procs(0) > 1 || stats->tasks_ended < 10 * VALUES));
}

START_TEST(stolen_tasks_are_counted)
{
    struct rt_stats stats;

    run_at(run_procs[_i], leave_work, &stats);
    ck_assert_int_eq(stats.steals > 0, run_procs[_i] > 1);
}
END_TEST

START_TEST(waits_have_names_and_others_have_none)
{
    ck_assert_ptr_null(rt_stats_wait(-1));
    ck_assert_ptr_null(rt_stats_wait(0));
    ck_assert_ptr_nonnull(rt_stats_wait(1));
    ck_assert_ptr_null(rt_stats_wait(RT_STATS_WAITS));
}
END_TEST

START_TEST(counters_are_zero_outside_of_a_run)
{
    struct rt_stats stats;

    memset(&stats, 1, sizeof stats);
    rt_stats_get(&stats);
    ck_assert_int_eq(stats.tasks_started, 0);
    ck_assert_int_eq(stats.switches, 0);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("stats");

    tcase_add_loop_test(tests, counters_count_tasks_switches_and_waits, 0, RUN_PROCS);
    tcase_add_loop_test(tests, stolen_tasks_are_counted, 0, RUN_PROCS);
    tcase_add_test(tests, waits_have_names_and_others_have_none);
    tcase_add_test(tests, counters_are_zero_outside_of_a_run);
    return run_tests("stats", tests);
}
