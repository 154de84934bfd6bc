/* test_stress.c - tries to break the scheduler: wake-ups that come while procs fall asleep,
 * stealing from queues that are just emptied, everything at once, and starts and stops in a row.
 *
 * A lost wake-up shows as a hang or as a deadlock report; a task that is run twice, or a value that
 * is lost or doubled, shows in a sum. The sizes are for a few seconds on two CPUs. */
#include <check.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "ints.h"
#include "rt.h"
#include "run.h"
#include "tool.h"

/* More procs than most machines have CPUs too: the kernel then stops workers at any point. */
static const int stress_procs[] = {1, 2, 3, 4, 8, 16};

#define STRESS_PROCS ((int)(sizeof stress_procs / sizeof stress_procs[0]))

/* splitmix64: each task has its own stream, and each test draws the same numbers every time. */
static uint64_t draw(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static int draw_below(uint64_t *state, int limit)
{
    return (int)(draw(state) % (uint64_t)limit);
}

/* ---- Wake-ups -------------------------------------------------------------------------------- */

/* The waker goes on without a scheduling point until the other has run: so another proc must come
 * and take it. The pauses in between meet the idle workers awake, falling asleep and asleep. */
struct wakes {
    rt_chan *chan;
    rt_mutex mutex;
    _Atomic(int) woken;
};

static void count_wake(void *arg)
{
    atomic_fetch_add(&((struct wakes *)arg)->woken, 1);
}

static void start_and_spin(void *arg)
{
    struct wakes *wakes = arg;
    uint64_t random = 1;

    for (int i = 1; i <= 500; i++) {
        start(count_wake, wakes);
        spin_until(&wakes->woken, i);
        spin(draw_below(&random, 1 << draw_below(&random, 16)));
    }
}

START_TEST(started_task_is_found_while_its_parent_spins)
{
    struct wakes wakes = {0};

    run_at(2 + _i, start_and_spin, &wakes);
}
END_TEST

static void count_received(void *arg)
{
    struct wakes *wakes = arg;

    while (rt_chan_recv(wakes->chan, NULL) == RT_OK)
        atomic_fetch_add(&wakes->woken, 1);
}

static void send_and_spin(void *arg)
{
    struct wakes *wakes = arg;
    uint64_t random = 2;

    wakes->chan = ints_new(0);
    start(count_received, wakes);
    for (int i = 1; i <= 500; i++) {
        ints_send(wakes->chan, i);
        spin_until(&wakes->woken, i);
        spin(draw_below(&random, 1 << draw_below(&random, 16)));
    }
    rt_chan_close(wakes->chan);
    yield_until_tasks(1);
    rt_chan_free(wakes->chan);
}

START_TEST(readied_task_is_found_while_its_waker_spins)
{
    struct wakes wakes = {0};

    run_at(2 + _i, send_and_spin, &wakes);
}
END_TEST

/* Bursts, and pauses in which all workers may go to sleep. */
static void be_counted(void *arg)
{
    rt_wait_group_done(arg);
}

static void spin_and_be_counted(void *arg)
{
    spin(2000);
    rt_wait_group_done(arg);
}

static void start_in_bursts(void *arg)
{
    uint64_t random = 3;
    rt_wait_group group = {0};

    (void)arg;
    for (int i = 0; i < 1000; i++) {
        int tasks = 1 + draw_below(&random, 1 << draw_below(&random, 7));

        rt_wait_group_add(&group, tasks);
        for (int t = 0; t < tasks; t++)
            start(t % 3 == 0 ? spin_and_be_counted : be_counted, &group);
        rt_wait_group_wait(&group);
        if (i % 8 == 0)
            rt_sleep(draw_below(&random, 200) * RT_US);
        else
            spin(draw_below(&random, 5000));
    }
}

START_TEST(bursts_after_pauses_are_run_completely)
{
    run_at(stress_procs[_i], start_in_bursts, NULL);
}
END_TEST

/* ---- A ring ---------------------------------------------------------------------------------- */

#define NODES 50
#define TOKENS 7
#define HOPS few_or(20000)

struct node {
    rt_chan *in, *out;
    rt_chan *arrived;
};

/* Each token carries the hops it still has to make. */
static void pass_tokens(void *arg)
{
    struct node *node = arg;
    int hops;

    while (rt_chan_recv(node->in, &hops) == RT_OK)
        ints_send(hops == 0 ? node->arrived : node->out, hops - 1);
}

static void run_ring(void *arg)
{
    static struct node nodes[NODES];
    rt_chan *chans[NODES], *arrived = ints_new(TOKENS);

    for (int i = 0; i < NODES; i++)
        chans[i] = ints_new(i % 2 == 0 ? 0 : 1); /* together, room for all tokens */
    for (int i = 0; i < NODES; i++) {
        nodes[i] = (struct node){chans[i], chans[(i + 1) % NODES], arrived};
        start(pass_tokens, &nodes[i]);
    }
    for (int i = 0; i < TOKENS; i++)
        ints_send(chans[i * 3], HOPS);
    for (int i = 0; i < TOKENS; i++)
        *(int *)arg += ints_recv(arrived);
    for (int i = 0; i < NODES; i++)
        rt_chan_close(chans[i]);
    yield_until_tasks(1);
    for (int i = 0; i < NODES; i++)
        rt_chan_free(chans[i]);
    rt_chan_free(arrived);
}

START_TEST(tokens_run_around_a_ring)
{
    int sum = 0;

    run_at(stress_procs[_i], run_ring, &sum);
    ck_assert_int_eq(sum, -TOKENS);
}
END_TEST

/* ---- Trees ----------------------------------------------------------------------------------- */

/* Skynet: each task starts ten more and adds what they send; the leaves send their numbers. */
struct sky {
    rt_chan *to;
    int64_t first, leaves;
};

static void sum_leaves(void *arg)
{
    struct sky *sky = arg, parts[10];
    int64_t sum = sky->first, part;
    rt_chan *c;

    if (sky->leaves > 1) {
        c = rt_chan_new(sizeof(int64_t), 0);
        sum = 0;
        for (int i = 0; i < 10; i++) {
            parts[i] = (struct sky){c, sky->first + i * sky->leaves / 10, sky->leaves / 10};
            start(sum_leaves, &parts[i]);
        }
        for (int i = 0; i < 10; i++) {
            rt_chan_recv(c, &part);
            sum += part;
        }
        rt_chan_free(c);
    }
    rt_chan_send(sky->to, &sum);
}

static void run_sky(void *arg)
{
    struct sky root = {rt_chan_new(sizeof(int64_t), 1), 0, 10000};

    sum_leaves(&root);
    rt_chan_recv(root.to, arg);
    rt_chan_free(root.to);
}

START_TEST(ten_thousand_leaves_send_their_numbers)
{
    int64_t sum = 0;

    run_at(stress_procs[_i], run_sky, &sum);
    ck_assert_int_eq(sum, INT64_C(9999) * 10000 / 2);
}
END_TEST

/* ---- Everything at once ---------------------------------------------------------------------- */

#define CHANS 6
#define ACTORS 40
#define ACTS few_or(600)

/* Actors do random things to a few channels and a counter. What was sent and what was received, the
 * values left in buffers included, must agree in number and in sum. */
struct theatre {
    rt_chan *chans[CHANS];
    rt_mutex mutex;
    int plain_count; /* protected by mutex */
    _Atomic(int) locked;
    rt_wait_group actors;
    _Atomic(int64_t) sent_sum, received_sum;
    _Atomic(int) sent, received;
};

struct actor {
    struct theatre *theatre;
    uint64_t random;
};

static void note_sent(struct theatre *theatre, int value)
{
    atomic_fetch_add(&theatre->sent, 1);
    atomic_fetch_add(&theatre->sent_sum, value);
}

static void note_received(struct theatre *theatre, int value)
{
    atomic_fetch_add(&theatre->received, 1);
    atomic_fetch_add(&theatre->received_sum, value);
}

static void act_try(struct actor *actor)
{
    struct theatre *theatre = actor->theatre;
    rt_chan *c = theatre->chans[draw_below(&actor->random, CHANS)];
    int value = draw_below(&actor->random, 1000), received;

    if (draw_below(&actor->random, 2) == 0) {
        if (rt_chan_try_send(c, &value) == RT_OK)
            note_sent(theatre, value);
    } else if (rt_chan_try_recv(c, &received) == RT_OK) {
        note_received(theatre, received);
    }
}

/* Up to four random cases, NULL channels and repeated ones included. */
static void act_select(struct actor *actor)
{
    struct theatre *theatre = actor->theatre;
    int values[4], received[4], n = 1 + draw_below(&actor->random, 4), chosen;
    rt_case cases[4];
    int64_t timeouts_ns[] = {RT_NO_WAIT, 20 * RT_US, 200 * RT_US};

    for (int i = 0; i < n; i++) {
        int which = draw_below(&actor->random, CHANS + 1);
        rt_chan *c = which == CHANS ? NULL : theatre->chans[which];

        values[i] = draw_below(&actor->random, 1000);
        if (draw_below(&actor->random, 2) == 0)
            cases[i] = RT_SEND(c, &values[i]);
        else
            cases[i] = RT_RECV(c, &received[i]);
    }
    chosen = rt_select(cases, n, timeouts_ns[draw_below(&actor->random, 3)]);
    if (chosen >= 0 && cases[chosen].op == RT_OP_SEND)
        note_sent(theatre, values[chosen]);
    else if (chosen >= 0)
        note_received(theatre, received[chosen]);
}

static void act_lock(struct actor *actor)
{
    struct theatre *theatre = actor->theatre;

    rt_mutex_lock(&theatre->mutex);
    theatre->plain_count++;
    if (draw_below(&actor->random, 4) == 0)
        rt_yield();
    rt_mutex_unlock(&theatre->mutex);
    atomic_fetch_add(&theatre->locked, 1);
}

static void play(void *arg)
{
    struct actor *actor = arg;

    for (int i = 0; i < ACTS; i++) {
        switch (draw_below(&actor->random, 8)) {
        case 0:
        case 1:
            act_try(actor);
            break;
        case 2:
        case 3:
        case 4:
            act_select(actor);
            break;
        case 5:
            act_lock(actor);
            break;
        case 6:
            rt_sleep(draw_below(&actor->random, 50) * RT_US);
            break;
        default:
            rt_yield();
        }
    }
    rt_wait_group_done(&actor->theatre->actors);
}

static void run_theatre(void *arg)
{
    static struct actor actors[ACTORS];
    struct theatre *theatre = arg;
    int value;

    for (int i = 0; i < CHANS; i++)
        theatre->chans[i] = ints_new((size_t)(i * i)); /* 0, 1, 4, 9, ... */
    rt_wait_group_add(&theatre->actors, ACTORS);
    for (int i = 0; i < ACTORS; i++) {
        actors[i] = (struct actor){theatre, (uint64_t)i};
        start(play, &actors[i]);
    }
    rt_wait_group_wait(&theatre->actors);
    for (int i = 0; i < CHANS; i++) {
        while (rt_chan_try_recv(theatre->chans[i], &value) == RT_OK)
            note_received(theatre, value);
        rt_chan_free(theatre->chans[i]);
    }
}

START_TEST(random_acts_lose_and_double_nothing)
{
    struct theatre theatre = {0};

    run_at(stress_procs[_i], run_theatre, &theatre);
    ck_assert_int_gt(theatre.sent, 0);
    ck_assert_int_eq(theatre.sent, theatre.received);
    ck_assert_int_eq(theatre.sent_sum, theatre.received_sum);
    ck_assert_int_eq(theatre.plain_count, theatre.locked);
}
END_TEST

/* ---- Starts and stops ------------------------------------------------------------------------ */

/* Main ends while others are in every state there is; the next run must find nothing of them. */
static rt_chan *left_chan;

static void stay_behind(void *arg)
{
    uint64_t random = rt_task_id();
    rt_case cases[] = {RT_RECV(left_chan, NULL), RT_RECV(NULL, NULL)};

    (void)arg;
    for (;;) {
        switch (draw_below(&random, 5)) {
        case 0:
            rt_sleep(draw_below(&random, 100) * RT_US);
            break;
        case 1:
            rt_select(cases, 2, draw_below(&random, 100) * RT_US);
            break;
        case 2:
            rt_procs(1 + draw_below(&random, 5));
            break;
        case 3:
            if (draw_below(&random, 50) == 0)
                rt_chan_recv(left_chan, NULL);
            break;
        default:
            rt_yield();
        }
    }
}

static void leave_many_behind(void *arg)
{
    uint64_t random = *(uint64_t *)arg;

    for (int i = 0; i < 20; i++)
        start(stay_behind, NULL);
    yield_often(draw_below(&random, 50));
    rt_sleep(draw_below(&random, 300) * RT_US);
}

START_TEST(main_ends_in_the_middle_of_everything)
{
    for (uint64_t i = 0; i < 150; i++) {
        left_chan = ints_new(0);
        run_at(stress_procs[_i], leave_many_behind, &i);
        rt_chan_free(left_chan);
    }
}
END_TEST

static void nothing(void *arg)
{
    (void)arg;
}

START_TEST(empty_runs_start_and_stop_in_a_row)
{
    for (int i = 0; i < 500; i++)
        run_at(stress_procs[_i], nothing, NULL);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("stress");

    tcase_add_loop_test(tests, started_task_is_found_while_its_parent_spins, 0, 3);
    tcase_add_loop_test(tests, readied_task_is_found_while_its_waker_spins, 0, 3);
    tcase_add_loop_test(tests, bursts_after_pauses_are_run_completely, 0, STRESS_PROCS);
    tcase_add_loop_test(tests, tokens_run_around_a_ring, 0, STRESS_PROCS);
    tcase_add_loop_test(tests, ten_thousand_leaves_send_their_numbers, 0, STRESS_PROCS);
    tcase_add_loop_test(tests, random_acts_lose_and_double_nothing, 0, STRESS_PROCS);
    tcase_add_loop_test(tests, main_ends_in_the_middle_of_everything, 0, STRESS_PROCS);
    tcase_add_loop_test(tests, empty_runs_start_and_stop_in_a_row, 0, STRESS_PROCS);
    return run_tests("stress", tests);
}
