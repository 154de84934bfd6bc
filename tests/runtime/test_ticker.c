/* test_ticker.c - tests of runtime/ticker.c: ticks come, never early and by a plan, until the
 * ticker is freed - at any moment, whatever it is doing. */
#include <check.h>
#include <stdatomic.h>

#include "child.h"
#include "ints.h"
#include "rt.h"
#include "run.h"

#define HOUR_NS (3600 * RT_SECOND)

static struct child child;

static int64_t next_tick(rt_ticker *ticker)
{
    int64_t tick_ns = -1;

    rt_chan_recv(rt_ticker_chan(ticker), &tick_ns);
    return tick_ns;
}

/* ---- Ticks ----------------------------------------------------------------------------------- */

static void receive_ticks(void *arg)
{
    const int64_t period_ns = 500 * RT_US;
    int64_t start_ns = rt_now();
    rt_ticker *ticker = rt_ticker_new(period_ns);
    int *early = arg;

    for (int i = 1; i <= 20; i++) {
        int64_t tick_ns = next_tick(ticker);

        *early += tick_ns < start_ns + i * period_ns || tick_ns > rt_now();
    }
    rt_ticker_free(ticker);
}

START_TEST(ticks_say_the_time_and_are_never_early)
{
    int early = 0;

    run_at(run_procs[_i], receive_ticks, &early);
    ck_assert_int_eq(early, 0);
}
END_TEST

/* Each tick is a little late. Were each planned a period after the one before, they would always
 * lie more than a period apart. */
static void look_for_a_short_gap(void *arg)
{
    const int64_t period_ns = 200 * RT_US;
    rt_ticker *ticker = rt_ticker_new(period_ns);
    int64_t last_ns = next_tick(ticker);
    bool *found = arg;

    for (int i = 0; i < 2000 && !*found; i++) {
        int64_t tick_ns = next_tick(ticker);

        *found = tick_ns - last_ns <= period_ns;
        last_ns = tick_ns;
    }
    rt_ticker_free(ticker);
}

START_TEST(delays_of_ticks_do_not_add_up)
{
    bool found = false;

    run_at(run_procs[_i], look_for_a_short_gap, &found);
    ck_assert(found);
}
END_TEST

static void leave_ticks_lying(void *arg)
{
    rt_ticker *watched = rt_ticker_new(100 * RT_US), *left = rt_ticker_new(100 * RT_US);

    (void)arg;
    for (int i = 0; i < 20; i++)
        next_tick(watched);
    ck_assert_uint_le(rt_chan_len(rt_ticker_chan(left)), 1);
    ck_assert_uint_eq(rt_chan_cap(rt_ticker_chan(left)), 1);
    next_tick(left);
    rt_ticker_free(watched);
    rt_ticker_free(left);
}

START_TEST(ticks_that_nobody_receives_are_dropped)
{
    run_at(run_procs[_i], leave_ticks_lying, NULL);
}
END_TEST

static void send_one(void *arg)
{
    ints_send(arg, 1);
}

static void select_ticks_and_values(void *arg)
{
    rt_chan *done = ints_new(0);
    rt_ticker *ticker = rt_ticker_new(RT_US);
    int64_t tick_ns;
    int value = 0;
    rt_case cases[] = {RT_RECV(rt_ticker_chan(ticker), &tick_ns), RT_RECV(done, &value)};

    while (rt_select(cases, 2, RT_FOREVER) == 0) {
        if (++*(int *)arg == 3)
            start(send_one, done);
    }
    ck_assert_int_eq(value, 1);
    rt_ticker_free(ticker);
    rt_chan_free(done);
}

START_TEST(ticks_can_be_selected_among_others)
{
    int ticks = 0;

    run_at(run_procs[_i], select_ticks_and_values, &ticks);
    ck_assert_int_ge(ticks, 3);
}
END_TEST

/* ---- Its end --------------------------------------------------------------------------------- */

static void free_at_any_time(void *arg)
{
    (void)arg;
    for (int i = 0; i < 200; i++) {
        rt_ticker *ticker = rt_ticker_new(i % 2 == 0 ? RT_US : HOUR_NS);

        yield_often(i % 5);
        if (i % 4 == 0)
            next_tick(ticker);
        rt_ticker_free(ticker);
        ck_assert_int_eq(rt_num_tasks(), 1); /* its task has ended */
    }
    rt_ticker_free(NULL);
}

START_TEST(freed_ticker_leaves_nothing_behind)
{
    run_at(run_procs[_i], free_at_any_time, NULL);
}
END_TEST

static void tick_until_canceled(void *arg)
{
    rt_ticker *ticker = rt_ticker_new(RT_US);
    int64_t tick_ns;

    while (rt_chan_recv(rt_ticker_chan(ticker), &tick_ns) == RT_OK)
        atomic_fetch_add((_Atomic(int) *)arg, 1);
    rt_ticker_free(ticker);
}

static void cancel_a_group_with_a_ticker(void *arg)
{
    rt_group *group = rt_group_new(RT_FOREVER);

    rt_group_go(group, tick_until_canceled, arg);
    yield_until(arg, 3);
    rt_group_cancel(group);
    ck_assert_int_eq(rt_group_wait(group), RT_ECANCELED);
    rt_group_free(group);
    ck_assert_int_eq(rt_num_tasks(), 1);
}

START_TEST(ticker_in_a_canceled_group_can_be_freed)
{
    _Atomic(int) ticks = 0;

    run_at(run_procs[_i], cancel_a_group_with_a_ticker, &ticks);
}
END_TEST

static void leave_a_ticker(void *arg)
{
    *(rt_ticker **)arg = rt_ticker_new(RT_US);
}

/* Only the ticker's memory is lost then, as with everything that a task forgets. */
START_TEST(main_may_end_while_a_ticker_ticks)
{
    static rt_ticker *ticker;

    for (int i = 0; i < 10; i++)
        run_at(run_procs[_i], leave_a_ticker, &ticker);
}
END_TEST

/* ---- Misuse ---------------------------------------------------------------------------------- */

static int64_t period_of_misuse_ns;

static void make_a_ticker(void *arg)
{
    (void)arg;
    rt_ticker_new(period_of_misuse_ns); /* @new */
}

START_TEST(period_that_is_not_positive_is_a_misuse)
{
    static const int64_t periods_ns[] = {0, -1, INT64_MIN};

    for (int i = 0; i < 3; i++) {
        period_of_misuse_ns = periods_ns[i];
        child_run(&child, make_a_ticker, NULL);
        ck_assert_int_eq(child.status, RT_EXIT_MISUSE);
        assert_reported(&child, place_of(__FILE__, "new"),
                        (const char *[]){"misuse", "period", NULL});
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("ticker");

    tcase_add_loop_test(tests, ticks_say_the_time_and_are_never_early, 0, RUN_PROCS);
    tcase_add_loop_test(tests, delays_of_ticks_do_not_add_up, 0, RUN_PROCS);
    tcase_add_loop_test(tests, ticks_that_nobody_receives_are_dropped, 0, RUN_PROCS);
    tcase_add_loop_test(tests, ticks_can_be_selected_among_others, 0, RUN_PROCS);
    tcase_add_loop_test(tests, freed_ticker_leaves_nothing_behind, 0, RUN_PROCS);
    tcase_add_loop_test(tests, ticker_in_a_canceled_group_can_be_freed, 0, RUN_PROCS);
    tcase_add_loop_test(tests, main_may_end_while_a_ticker_ticks, 0, RUN_PROCS);
    tcase_add_test(tests, period_that_is_not_positive_is_a_misuse);
    return run_tests("ticker", tests);
}
