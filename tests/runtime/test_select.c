/* test_select.c - tests of runtime/select.c beyond the table of Go's rules (conformance_select.c):
 * many cases, timeouts, and several tasks that select over the same channels. */
#include <check.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "ints.h"
#include "rt.h"
#include "run.h"

/* ---- One select ------------------------------------------------------------------------------ */

/* Makes one of the most cases ready, each in turn, and expects that one. */
static void choose_each_of_many(void *arg)
{
    int *wrong = arg;
    rt_case cases[RT_SELECT_MAX];
    rt_chan *chans[RT_SELECT_MAX];
    int value;

    for (int i = 0; i < RT_SELECT_MAX; i++)
        chans[i] = ints_new(1);
    for (int ready = 0; ready < RT_SELECT_MAX; ready++) {
        for (int i = 0; i < RT_SELECT_MAX; i++)
            cases[i] = RT_RECV(chans[i], &value);
        ints_send(chans[ready], 100 + ready);
        *wrong += rt_select(cases, RT_SELECT_MAX, RT_FOREVER) != ready;
        *wrong += value != 100 + ready || cases[ready].status != RT_OK;
        *wrong += rt_select(cases, RT_SELECT_MAX, RT_NO_WAIT) != RT_EAGAIN;
    }
    for (int i = 0; i < RT_SELECT_MAX; i++)
        rt_chan_free(chans[i]);
}

START_TEST(each_of_the_most_cases_can_be_chosen)
{
    int wrong = 0;

    run_at(run_procs[_i], choose_each_of_many, &wrong);
    ck_assert_int_eq(wrong, 0);
}
END_TEST

struct chosen {
    int index, status, taken, untouched;
};

static void choose_closed(void *arg)
{
    struct chosen *chosen = arg;
    rt_chan *open = ints_new(0), *closed = ints_new(0);
    rt_case cases[] = {RT_RECV(open, &chosen->untouched), RT_RECV(closed, &chosen->taken)};

    rt_chan_close(closed);
    chosen->index = rt_select(cases, 2, RT_FOREVER);
    chosen->status = cases[1].status;
    rt_chan_free(open);
    rt_chan_free(closed);
}

START_TEST(only_the_chosen_case_gets_status_and_value)
{
    struct chosen chosen = {-1, -1, 7, 7};

    run_at(run_procs[_i], choose_closed, &chosen);
    ck_assert_int_eq(chosen.index, 1);
    ck_assert_int_eq(chosen.status, RT_ECLOSED);
    ck_assert_int_eq(chosen.taken, 0);
    ck_assert_int_eq(chosen.untouched, 7);
}
END_TEST

struct waits {
    int64_t took_ns;
    int first, second, empty;
};

static void wait_for_nothing(void *arg)
{
    struct waits *waits = arg;
    rt_chan *c = ints_new(0);
    rt_case cases[] = {RT_RECV(c, NULL), RT_RECV(NULL, NULL)};
    int64_t began_ns = rt_now();

    waits->first = rt_select(cases, 2, 3 * RT_MS);
    waits->took_ns = rt_now() - began_ns;
    waits->second = rt_select(cases + 1, 1, 1);
    waits->empty = rt_select(NULL, 0, 1);
    rt_chan_free(c);
}

START_TEST(timeout_waits_at_least_its_time)
{
    struct waits waits = {0};

    run_at(run_procs[_i], wait_for_nothing, &waits);
    ck_assert_int_eq(waits.first, RT_ETIMEDOUT);
    ck_assert_int_eq(waits.second, RT_ETIMEDOUT);
    ck_assert_int_eq(waits.empty, RT_ETIMEDOUT);
    ck_assert_int_ge(waits.took_ns, 3 * RT_MS);
}
END_TEST

/* ---- Several tasks --------------------------------------------------------------------------- */

#define CHANS 4
#define TASKS 8
#define ROUNDS 400

/* Everybody sends and receives by select on the same channels. Each value sent is received once, so
 * the sums and the counts of both sides agree. */
struct storm {
    rt_chan *chans[CHANS];
    rt_chan *quit;
    rt_wait_group senders, receivers;
    size_t capacity;
    _Atomic(int64_t) sent_sum, received_sum;
    _Atomic(int) sent, received;
};

static void send_by_select(void *arg)
{
    struct storm *storm = arg;
    rt_case cases[CHANS];

    for (int i = 0; i < ROUNDS; i++) {
        int values[CHANS];

        for (int c = 0; c < CHANS; c++) {
            values[c] = i * CHANS + c;
            cases[c] = RT_SEND(storm->chans[c], &values[c]);
        }
        atomic_fetch_add(&storm->sent_sum, values[rt_select(cases, CHANS, RT_FOREVER)]);
        atomic_fetch_add(&storm->sent, 1);
    }
    rt_wait_group_done(&storm->senders);
}

static void receive_by_select(void *arg)
{
    struct storm *storm = arg;

    for (;;) {
        int values[CHANS], chosen;
        rt_case cases[CHANS + 1];

        for (int c = 0; c < CHANS; c++)
            cases[c] = RT_RECV(storm->chans[c], &values[c]);
        cases[CHANS] = RT_RECV(storm->quit, NULL);
        chosen = rt_select(cases, CHANS + 1, RT_FOREVER);
        if (chosen == CHANS)
            break;
        atomic_fetch_add(&storm->received_sum, values[chosen]);
        atomic_fetch_add(&storm->received, 1);
    }
    rt_wait_group_done(&storm->receivers);
}

static void run_storm(void *arg)
{
    struct storm *storm = arg;

    for (int i = 0; i < CHANS; i++)
        storm->chans[i] = ints_new(storm->capacity);
    storm->quit = rt_chan_new(0, 0);
    rt_wait_group_add(&storm->senders, TASKS);
    rt_wait_group_add(&storm->receivers, TASKS);
    for (int i = 0; i < TASKS; i++) {
        start(send_by_select, storm);
        start(receive_by_select, storm);
    }
    rt_wait_group_wait(&storm->senders);
    yield_until(&storm->received, TASKS * ROUNDS);
    rt_chan_close(storm->quit);
    rt_wait_group_wait(&storm->receivers);
    for (int i = 0; i < CHANS; i++)
        rt_chan_free(storm->chans[i]);
    rt_chan_free(storm->quit);
}

START_TEST(selects_on_both_sides_lose_and_double_nothing)
{
    for (size_t capacity = 0; capacity < 4; capacity += 3) {
        struct storm storm = {.capacity = capacity};

        run_at(run_procs[_i], run_storm, &storm);
        ck_assert_int_eq(storm.sent, TASKS * ROUNDS);
        ck_assert_int_eq(storm.received, TASKS * ROUNDS);
        ck_assert_int_eq(storm.received_sum, storm.sent_sum);
    }
}
END_TEST

/* Each task offers to send and to receive on the same two unbuffered channels, so every select
 * meets others that lock the same channels, given in another order. A meeting is one send and one
 * receive. */
struct market {
    rt_chan *a, *b;
    rt_wait_group traders;
    _Atomic(int) sent, received, wrong;
};

static void trade(void *arg)
{
    struct market *market = arg;
    bool swapped = rt_task_id() % 2 == 0;
    rt_chan *first = swapped ? market->b : market->a, *second = swapped ? market->a : market->b;

    for (int i = 0; i < ROUNDS; i++) {
        int offer = 5, got = -1;
        rt_case cases[] = {RT_SEND(first, &offer), RT_RECV(second, &got), RT_SEND(second, &offer),
                           RT_RECV(first, &got)};
        int chosen = rt_select(cases, 4, 100 * RT_US);

        if (chosen < 0)
            continue; /* the others have left the market */
        if (chosen % 2 == 0)
            atomic_fetch_add(&market->sent, 1);
        else
            atomic_fetch_add(&market->received, 1);
        if (got != (chosen % 2 == 0 ? -1 : 5))
            atomic_fetch_add(&market->wrong, 1);
    }
    rt_wait_group_done(&market->traders);
}

static void run_market(void *arg)
{
    struct market *market = arg;

    market->a = ints_new(0);
    market->b = ints_new(0);
    rt_wait_group_add(&market->traders, TASKS);
    for (int i = 0; i < TASKS; i++)
        start(trade, market);
    rt_wait_group_wait(&market->traders);
    rt_chan_free(market->a);
    rt_chan_free(market->b);
}

START_TEST(crossed_selects_neither_deadlock_nor_meet_themselves)
{
    struct market market = {0};

    run_at(run_procs[_i], run_market, &market);
    ck_assert_int_gt(market.sent, 0);
    ck_assert_int_eq(market.sent, market.received);
    ck_assert_int_eq(market.wrong, 0);
}
END_TEST

/* A timeout and a send that come at the same moment: the select takes one, and if it took the
 * timeout the value is still there to be sent. */
struct race {
    rt_chan *chan;
    rt_wait_group group;
    int received, timed_out, sent, kept;
};

static void send_or_keep(void *arg)
{
    struct race *race = arg;
    int value = 1;

    for (int i = 0; i < 1000; i++) {
        if (rt_select((rt_case[]){RT_SEND(race->chan, &value)}, 1, 10 * RT_US) == 0)
            race->sent++;
        else
            race->kept++;
    }
    rt_wait_group_done(&race->group);
}

static void receive_or_time_out(void *arg)
{
    struct race *race = arg;
    int value;

    race->chan = ints_new(0);
    rt_wait_group_add(&race->group, 1);
    start(send_or_keep, race);
    for (int i = 0; i < 1000; i++) {
        if (rt_select((rt_case[]){RT_RECV(race->chan, &value)}, 1, 10 * RT_US) == 0)
            race->received++;
        else
            race->timed_out++;
    }
    rt_wait_group_wait(&race->group);
    rt_chan_free(race->chan);
}

START_TEST(timeout_and_value_at_once_are_one_or_the_other)
{
    struct race race = {0};

    run_at(run_procs[_i], receive_or_time_out, &race);
    ck_assert_int_eq(race.received, race.sent);
    ck_assert_int_eq(race.received + race.timed_out, 1000);
    ck_assert_int_eq(race.sent + race.kept, 1000);
}
END_TEST

/* Overwrites the stack where the frames of the last call were. */
static __attribute__((noinline)) void spoil_stack(void)
{
    unsigned char garbage[2000];

    memset(garbage, 0x4A, sizeof garbage);
    __asm__ volatile("" : : "r"(garbage) : "memory");
}

/* A select that waits may wake, and be over, as soon as its last channel is unlocked. Here that
 * channel stands in several of its cases, and many want its lock. */
static void receive_twice_over(void *arg)
{
    rt_chan *c = arg;
    int64_t timeout_ns = rt_task_id() % 4 == 0 ? 10 * RT_US : RT_FOREVER;
    int chosen, status;

    do {
        rt_case cases[] = {RT_RECV(c, NULL), RT_RECV(c, NULL), RT_RECV(c, NULL)};

        chosen = rt_select(cases, 3, timeout_ns);
        status = chosen >= 0 ? cases[chosen].status : RT_OK;
        memset(cases, 0x4A, sizeof cases);
        spoil_stack();
    } while (status != RT_ECLOSED);
}

struct sends {
    rt_chan *chan;
    rt_wait_group group;
};

static void send_many(void *arg)
{
    struct sends *sends = arg;

    for (int i = 0; i < 10000; i++)
        ints_send(sends->chan, i);
    rt_wait_group_done(&sends->group);
}

static void send_to_twice_over(void *arg)
{
    struct sends sends = {.chan = ints_new(0)};

    (void)arg;
    rt_wait_group_add(&sends.group, 8);
    for (int i = 0; i < 8; i++) {
        start(receive_twice_over, sends.chan);
        start(send_many, &sends);
    }
    rt_wait_group_wait(&sends.group);
    rt_chan_close(sends.chan);
    yield_until_tasks(1);
    rt_chan_free(sends.chan);
}

START_TEST(same_channel_in_several_cases_wakes_safely)
{
    run_at(run_procs[_i], send_to_twice_over, NULL);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("select");

    tcase_add_loop_test(tests, each_of_the_most_cases_can_be_chosen, 0, RUN_PROCS);
    tcase_add_loop_test(tests, only_the_chosen_case_gets_status_and_value, 0, RUN_PROCS);
    tcase_add_loop_test(tests, timeout_waits_at_least_its_time, 0, RUN_PROCS);
    tcase_add_loop_test(tests, selects_on_both_sides_lose_and_double_nothing, 0, RUN_PROCS);
    tcase_add_loop_test(tests, crossed_selects_neither_deadlock_nor_meet_themselves, 0, RUN_PROCS);
    tcase_add_loop_test(tests, timeout_and_value_at_once_are_one_or_the_other, 0, RUN_PROCS);
    tcase_add_loop_test(tests, same_channel_in_several_cases_wakes_safely, 0, RUN_PROCS);
    return run_tests("select", tests);
}
