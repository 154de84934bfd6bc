/* test_channel.c - tests of runtime/channel.c beyond the table of Go's rules
 * (conformance_channel.c): sizes, wrap-around, many tasks on one channel, and the life of the
 * channel itself. */
#include <check.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ints.h"
#include "rt.h"
#include "run.h"
#include "tool.h"

/* ---- Elements of any size -------------------------------------------------------------------- */

#define LARGEST 5000

struct sizes {
    size_t elem_size, capacity;
    rt_chan *chan;
    int wrong;
};

static void fill(unsigned char *elem, size_t size, int number)
{
    for (size_t i = 0; i < size; i++)
        elem[i] = (unsigned char)((size_t)number * 31 + i);
}

static void send_patterns(void *arg)
{
    struct sizes *sizes = arg;
    unsigned char elem[LARGEST];

    for (int i = 0; i < 50; i++) {
        fill(elem, sizes->elem_size, i);
        rt_chan_send(sizes->chan, elem);
    }
    rt_chan_close(sizes->chan);
}

/* Each element must be whole, in its place, and nothing beyond it may be written. */
static void receive_patterns(void *arg)
{
    struct sizes *sizes = arg;
    unsigned char elem[LARGEST + 1], expected[LARGEST + 1];
    int received = 0;

    sizes->chan = rt_chan_new(sizes->elem_size, sizes->capacity);
    start(send_patterns, sizes);
    for (;; received++) {
        memset(elem, 0xEE, sizeof elem);
        memset(expected, 0xEE, sizeof expected);
        if (rt_chan_recv(sizes->chan, elem) != RT_OK)
            break;
        fill(expected, sizes->elem_size, received);
        sizes->wrong += memcmp(elem, expected, sizeof elem) != 0;
    }
    memset(expected, 0, sizes->elem_size); /* what a closed channel gives */
    sizes->wrong += memcmp(elem, expected, sizeof elem) != 0;
    sizes->wrong += received != 50;
    rt_chan_free(sizes->chan);
}

START_TEST(elements_of_any_size_arrive_whole)
{
    static const size_t elem_sizes[] = {0, 1, 2, 3, 4, 7, 8, 12, 16, 24, 100, LARGEST};
    static const size_t capacities[] = {0, 1, 3, 64};

    for (int size = 0; size < 12; size++) {
        for (int capacity = 0; capacity < 4; capacity++) {
            struct sizes sizes = {elem_sizes[size], capacities[capacity], NULL, 0};

            run_at(run_procs[_i], receive_patterns, &sizes);
            ck_assert_msg(sizes.wrong == 0, "elements of %zu bytes, capacity %zu", sizes.elem_size,
                          sizes.capacity);
        }
    }
}
END_TEST

static void fill_and_drain_again_and_again(void *arg)
{
    int *wrong = arg, next_sent = 0, next_received = 0;
    rt_chan *c = ints_new(5);

    /* 5 and 3 have no common divisor, so the ring wraps at each of its places. */
    for (int round = 0; round < 20; round++) {
        while (rt_chan_len(c) < 5)
            ints_send(c, next_sent++);
        for (int i = 0; i < 3; i++)
            *wrong += ints_recv(c) != next_received++;
        *wrong += rt_chan_len(c) != 2;
    }
    rt_chan_free(c);
}

START_TEST(buffer_keeps_order_when_it_wraps)
{
    int wrong = 0;

    run_at(1, fill_and_drain_again_and_again, &wrong);
    ck_assert_int_eq(wrong, 0);
}
END_TEST

/* ---- Many tasks on one channel --------------------------------------------------------------- */

#define SENDERS 8
#define RECEIVERS 8
#define EACH_SENDS 500

struct crowd {
    rt_chan *chan;
    rt_wait_group senders, receivers;
    _Atomic(int) seen[SENDERS * EACH_SENDS]; /* how often each value arrived */
    _Atomic(int) out_of_order;
};

struct sender {
    struct crowd *crowd;
    int number;
};

static void send_own_values(void *arg)
{
    struct sender *sender = arg;

    for (int i = 0; i < EACH_SENDS; i++)
        ints_send(sender->crowd->chan, sender->number * EACH_SENDS + i);
    rt_wait_group_done(&sender->crowd->senders);
}

/* One receiver gets the values of one sender in the order in which they were sent. */
static void receive_values(void *arg)
{
    struct crowd *crowd = arg;
    int value, last[SENDERS];

    memset(last, -1, sizeof last);
    while (rt_chan_recv(crowd->chan, &value) == RT_OK) {
        int sender = value / EACH_SENDS;

        if (value <= last[sender])
            atomic_fetch_add(&crowd->out_of_order, 1);
        last[sender] = value;
        atomic_fetch_add(&crowd->seen[value], 1);
    }
    rt_wait_group_done(&crowd->receivers);
}

static void run_crowd(void *arg)
{
    struct crowd *crowd = arg;
    struct sender senders[SENDERS];

    rt_wait_group_add(&crowd->senders, SENDERS);
    rt_wait_group_add(&crowd->receivers, RECEIVERS);
    for (int i = 0; i < RECEIVERS; i++)
        start(receive_values, crowd);
    for (int i = 0; i < SENDERS; i++) {
        senders[i] = (struct sender){crowd, i};
        start(send_own_values, &senders[i]);
    }
    rt_wait_group_wait(&crowd->senders);
    rt_chan_close(crowd->chan);
    rt_wait_group_wait(&crowd->receivers);
    rt_chan_free(crowd->chan);
}

START_TEST(each_value_arrives_once_and_in_its_senders_order)
{
    for (size_t capacity = 0; capacity <= 16; capacity = capacity * 4 + 1) {
        struct crowd *crowd = calloc(1, sizeof *crowd);

        crowd->chan = ints_new(capacity);
        run_at(run_procs[_i], run_crowd, crowd);
        for (int value = 0; value < SENDERS * EACH_SENDS; value++) {
            if (crowd->seen[value] != 1)
                ck_abort_msg("value %d arrived %d times", value, crowd->seen[value]);
        }
        ck_assert_int_eq(crowd->out_of_order, 0);
        free(crowd);
    }
}
END_TEST

/* ---- Chains of tasks ------------------------------------------------------------------------- */

struct link {
    rt_chan *from, *to;
};

static void pass_on_plus_one(void *arg)
{
    struct link *link = arg;

    ints_send(link->to, ints_recv(link->from) + 1);
}

static void run_chain(void *arg)
{
    enum { LINKS = 1000 };
    static struct link links[LINKS];
    rt_chan *chans[LINKS + 1];

    for (int i = 0; i <= LINKS; i++)
        chans[i] = ints_new(0);
    for (int i = 0; i < LINKS; i++) {
        links[i] = (struct link){chans[i], chans[i + 1]};
        start(pass_on_plus_one, &links[i]);
    }
    ints_send(chans[0], 0);
    *(int *)arg = ints_recv(chans[LINKS]);
    yield_until_tasks(1);
    for (int i = 0; i <= LINKS; i++)
        rt_chan_free(chans[i]);
}

START_TEST(value_passes_through_a_thousand_tasks)
{
    int hops = 0;

    run_at(run_procs[_i], run_chain, &hops);
    ck_assert_int_eq(hops, 1000);
}
END_TEST

struct many {
    rt_chan **chans;
    int count;
};

static void send_to_each(void *arg)
{
    struct many *many = arg;

    for (int i = 0; i < many->count; i++)
        ints_send(many->chans[i], i);
}

/* All are there at once, and each holds its own value. */
static void fill_and_empty_many(void *arg)
{
    struct many many = {.count = few_or(100000)};

    many.chans = calloc((size_t)many.count, sizeof *many.chans);
    ck_assert_ptr_nonnull(many.chans);
    for (int i = 0; i < many.count; i++)
        many.chans[i] = ints_new(1);
    start(send_to_each, &many);
    yield_until_tasks(1);
    for (int i = 0; i < many.count; i++) {
        *(int *)arg += ints_recv(many.chans[i]) != i;
        rt_chan_free(many.chans[i]);
    }
    free(many.chans);
}

START_TEST(a_hundred_thousand_channels_hold_their_values)
{
    int wrong = 0;

    run_at(1, fill_and_empty_many, &wrong);
    ck_assert_int_eq(wrong, 0);
}
END_TEST

struct filter {
    rt_chan *from, *to;
    int prime;
};

static void generate(void *arg)
{
    for (int i = 2;; i++)
        ints_send(arg, i);
}

static void drop_multiples(void *arg)
{
    struct filter *filter = arg;

    for (;;) {
        int value = ints_recv(filter->from);

        if (value % filter->prime != 0)
            ints_send(filter->to, value);
    }
}

/* The prime sieve of Go's tutorial: a chain that grows while values run through it. */
static void run_sieve(void *arg)
{
    enum { PRIMES = 100 };
    static struct filter filters[PRIMES];
    rt_chan *first = ints_new(0), *c = first;

    start(generate, c);
    for (int i = 0; i < PRIMES; i++) {
        filters[i] = (struct filter){c, ints_new(0), ints_recv(c)};
        c = filters[i].to;
        start(drop_multiples, &filters[i]);
    }
    *(int *)arg = filters[PRIMES - 1].prime;
}

START_TEST(prime_sieve_finds_the_hundredth_prime)
{
    int prime = 0;

    run_at(run_procs[_i], run_sieve, &prime);
    ck_assert_int_eq(prime, 541);
}
END_TEST

/* ---- The life of a channel ------------------------------------------------------------------- */

static void nothing(void *arg)
{
    (void)arg;
}

static void fill_with_two(void *arg)
{
    ints_send(arg, 1);
    ints_send(arg, 2);
}

START_TEST(channel_lives_before_and_after_the_runtime_runs)
{
    rt_chan *c = ints_new(3);

    run_at(1, fill_with_two, c);
    ck_assert_uint_eq(rt_chan_len(c), 2);
    run_at(2, nothing, NULL);
    ck_assert_uint_eq(rt_chan_len(c), 2);
    rt_chan_free(c);
    rt_chan_free(NULL);
}
END_TEST

START_TEST(impossible_sizes_give_null)
{
    ck_assert_ptr_null(rt_chan_new(SIZE_MAX / 2 + 1, 2)); /* the product wraps to 0 */
    ck_assert_ptr_null(rt_chan_new(8, SIZE_MAX / 8));
    ck_assert_ptr_null(rt_chan_new(SIZE_MAX, 1));
}
END_TEST

/* Both sides run at once: the last receive returns while the send is still on its way out. */
static void send_one(void *arg)
{
    ints_send(arg, 1);
}

static void receive_one_and_free(void *arg)
{
    int capacity = *(int *)arg;

    for (int i = 0; i < 2000; i++) {
        rt_chan *c = ints_new((size_t)capacity);

        start(send_one, c);
        ints_recv(c);
        rt_chan_free(c);
    }
}

START_TEST(channel_may_be_freed_once_its_last_value_was_received)
{
    run_at(run_procs[_i], receive_one_and_free, &(int){0});
    run_at(run_procs[_i], receive_one_and_free, &(int){1});
}
END_TEST

static void close_it(void *arg)
{
    rt_chan_close(arg);
}

static void free_closed(void *arg)
{
    (void)arg;
    for (int i = 0; i < 2000; i++) {
        rt_chan *c = ints_new(0);

        start(close_it, c);
        ints_recv(c);
        rt_chan_free(c);
    }
}

START_TEST(channel_may_be_freed_once_it_was_seen_closed)
{
    run_at(run_procs[_i], free_closed, NULL);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("channel");

    tcase_add_loop_test(tests, elements_of_any_size_arrive_whole, 0, RUN_PROCS);
    tcase_add_test(tests, buffer_keeps_order_when_it_wraps);
    tcase_add_loop_test(tests, each_value_arrives_once_and_in_its_senders_order, 0, RUN_PROCS);
    tcase_add_loop_test(tests, value_passes_through_a_thousand_tasks, 0, RUN_PROCS);
    tcase_add_test(tests, a_hundred_thousand_channels_hold_their_values);
    tcase_add_loop_test(tests, prime_sieve_finds_the_hundredth_prime, 0, RUN_PROCS);
    tcase_add_test(tests, channel_lives_before_and_after_the_runtime_runs);
    tcase_add_test(tests, impossible_sizes_give_null);
    tcase_add_loop_test(tests, channel_may_be_freed_once_its_last_value_was_received, 0, RUN_PROCS);
    tcase_add_loop_test(tests, channel_may_be_freed_once_it_was_seen_closed, 0, RUN_PROCS);
    return run_tests("channel", tests);
}
