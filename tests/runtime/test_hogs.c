/* test_hogs.c - tests of runtime/monitor.c and runtime/standing.c: many hogs at once. All get
 * turns, never do more tasks run than there are procs, a hog does not notice that it was stopped,
 * and none goes on after the end of its run. */
#include <check.h>
#include <stdatomic.h>
#include <string.h>

#include "hogs.h"
#include "rt.h"
#include "run.h"
#include "scheduler.h"
#include "tool.h"

/* ---- Turns of many hogs ---------------------------------------------------------------------- */

#define HOGS 5
#define TURNS 12

/* Whoever runs sees whether another ran since. */
struct hogs {
    _Atomic(int) next, turn, turns, full;
    _Atomic(bool) stop;
    int most_turns; /* for each */
};

static void take_turns(void *arg)
{
    struct hogs *hogs = arg;
    int me = atomic_fetch_add(&hogs->next, 1) + 1;

    while (atomic_load(&hogs->turns) < TURNS) {
        if (atomic_exchange(&hogs->turn, me) != me)
            atomic_fetch_add(&hogs->turns, 1);
        spin(100);
    }
}

/* With one proc, a turn begins only where one ends: by a stop, or at the very end. Two hogs that
 * run at once would take turns all the time. */
static void assert_one_at_a_time(const struct hogs *hogs, int64_t stops_before)
{
    ck_assert_int_ge(hogs->turns, TURNS);
    ck_assert_int_le(hogs->turns, stops_now() - stops_before + 1 + HOGS);
}

static void run_turns(void *arg)
{
    for (int i = 0; i < HOGS; i++)
        start(take_turns, arg);
    yield_until_tasks(1);
    assert_one_at_a_time(arg, 0);
}

START_TEST(with_one_proc_no_two_hogs_run_at_once)
{
    struct hogs hogs = {.turns = 0};

    run_at(1, run_turns, &hogs);
}
END_TEST

static void go_down_to_one_beside_hogs(void *arg)
{
    struct hogs *hogs = arg;
    int64_t stops;

    for (int i = 0; i < HOGS; i++)
        start(take_turns, hogs);
    while (atomic_load(&hogs->turn) == 0)
        rt_yield();
    rt_procs(1);
    stops = stops_now();
    atomic_store(&hogs->turns, 0); /* from here on */
    yield_until_tasks(1);
    assert_one_at_a_time(hogs, stops);
}

START_TEST(hogs_on_procs_that_retire_are_stopped)
{
    struct hogs hogs = {.turns = -1000000000};

    run_at(4, go_down_to_one_beside_hogs, &hogs);
}
END_TEST

static void take_some_turns(void *arg)
{
    struct hogs *hogs = arg;
    int me = atomic_fetch_add(&hogs->next, 1) + 1, turns = 0;

    while (!atomic_load(&hogs->stop)) {
        if (atomic_exchange(&hogs->turn, me) != me && ++turns == hogs->most_turns)
            atomic_fetch_add(&hogs->full, 1);
        spin(1000);
    }
}

#define MANY_HOGS 24

static void run_until_each_had_its_turns(void *arg)
{
    struct hogs *hogs = arg;

    for (int i = 0; i < MANY_HOGS; i++)
        start(take_some_turns, hogs);
    yield_until(&hogs->full, MANY_HOGS);
    atomic_store(&hogs->stop, true);
    yield_until_tasks(1);
}

START_TEST(all_of_many_hogs_get_turns)
{
    struct hogs hogs = {.most_turns = 2};

    run_at(run_procs[_i], run_until_each_had_its_turns, &hogs);
}
END_TEST

static void yield_until_stopped(void *arg)
{
    while (!atomic_load(&((struct hogs *)arg)->stop))
        rt_yield();
}

static void run_hogs_beside_yielders(void *arg)
{
    struct hogs *hogs = arg;

    for (int i = 0; i < 3; i++) {
        start(take_some_turns, hogs);
        start(yield_until_stopped, hogs);
    }
    yield_until(&hogs->full, 3);
    atomic_store(&hogs->stop, true);
    yield_until_tasks(1);
}

START_TEST(stopped_hogs_go_on_beside_tasks_that_are_always_ready)
{
    struct hogs hogs = {.most_turns = 3};

    run_at(run_procs[_i], run_hogs_beside_yielders, &hogs);
}
END_TEST

/* ---- What a hog notices ---------------------------------------------------------------------- */

struct work {
    double expected[8];
    _Atomic(int) wrong;
    _Atomic(bool) stop;
};

/* Keeps values in registers of all kinds for some 100 us. */
static __attribute__((noinline)) double compute(int seed)
{
    double sums[4] = {seed, 1, 2, 3};
    uint64_t bits = (uint64_t)seed + 1;

    for (int i = 0; i < 20000; i++) {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        for (int k = 0; k < 4; k++)
            sums[k] = sums[k] * 0.5 + (double)(bits >> (16 * k) & 0xffff);
    }
    return sums[0] + sums[1] * 2 + sums[2] * 3 + sums[3] * 4;
}

static void compute_and_compare(void *arg)
{
    struct work *work = arg;

    for (int i = 0; !atomic_load(&work->stop); i++) {
        double result = compute(i % 8);

        atomic_fetch_add(&work->wrong, memcmp(&result, &work->expected[i % 8], sizeof result) != 0);
    }
}

static void compute_in_many_tasks(void *arg)
{
    struct work *work = arg;
    int64_t enough = 20;

    for (int i = 0; i < 8; i++)
        work->expected[i] = compute(i);
    for (int i = 0; i < 4; i++)
        start(compute_and_compare, work);
    while (stops_now() < enough)
        rt_yield();
    atomic_store(&work->stop, true);
    yield_until_tasks(1);
}

START_TEST(stopped_hogs_compute_the_right_results)
{
    struct work work = {.wrong = 0};

    run_at(run_procs[_i], compute_in_many_tasks, &work);
    ck_assert_int_eq(work.wrong, 0);
}
END_TEST

/* Less than the kernel needs for the frame of a signal handler. */
#define LEFT_ON_STACK 1200

static __attribute__((noinline)) void compute_at_the_end_of_the_stack(const char *end)
{
    char frame[64];

    __asm__ volatile("" : : "r"(frame) : "memory");
    if (frame - end > LEFT_ON_STACK)
        compute_at_the_end_of_the_stack(end);
    else
        compute_until_it_came(NULL);
    __asm__ volatile("" : : "r"(frame) : "memory"); /* not a tail call: the frame is kept */
}

static void use_up_the_stack(void *arg)
{
    (void)arg;
    compute_at_the_end_of_the_stack(rt__self()->stack - RT__STACK_BYTES + RT__GUARD_BYTES);
}

static void run_a_hog_with_a_full_stack(void *arg)
{
    start(use_up_the_stack, arg);
    rt_yield();
    come(arg);
    yield_until_tasks(1);
}

START_TEST(hog_with_hardly_any_stack_left_can_be_stopped)
{
    run_at(1, run_a_hog_with_a_full_stack, NULL);
}
END_TEST

/* ---- The end of a run ------------------------------------------------------------------------ */

static _Atomic(int) steps, running;

static void step_for_ever(void *arg)
{
    (void)arg;
    atomic_fetch_add(&running, 1);
    for (;;)
        atomic_fetch_add(&steps, 1);
}

/* More hogs than procs: some run when main ends, some are stopped, some have not begun. */
static void end_beside_hogs(void *arg)
{
    atomic_store(&running, 0);
    for (int i = 0; i < 2 * rt_procs(0); i++)
        start(step_for_ever, arg);
    yield_until(&running, 1);
}

static void watch_steps(void *arg)
{
    int before = atomic_load(&steps);

    yield_often(1000);
    spin(100000);
    *(bool *)arg = atomic_load(&steps) != before;
}

START_TEST(run_ends_beside_hogs_which_never_go_on)
{
    for (int i = 0; i < 5; i++) {
        bool stepped = true;

        run_at(run_procs[_i], end_beside_hogs, NULL);
        run_at(run_procs[_i], watch_steps, &stepped);
        ck_assert(!stepped);
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("hogs");

    tcase_add_test(tests, with_one_proc_no_two_hogs_run_at_once);
    tcase_add_test(tests, hogs_on_procs_that_retire_are_stopped);
    tcase_add_loop_test(tests, all_of_many_hogs_get_turns, 0, RUN_PROCS);
    tcase_add_loop_test(tests, stopped_hogs_go_on_beside_tasks_that_are_always_ready, 0, RUN_PROCS);
    tcase_add_loop_test(tests, stopped_hogs_compute_the_right_results, 0, RUN_PROCS);
    /* The frames of instrumented functions, and of a tool's own signal handler, are too large. */
    if (!running_under(ADDRESS_SANITIZER | THREAD_SANITIZER | VALGRIND))
        tcase_add_test(tests, hog_with_hardly_any_stack_left_can_be_stopped);
    tcase_add_loop_test(tests, run_ends_beside_hogs_which_never_go_on, 0, RUN_PROCS);
    return run_tests("hogs", tests);
}
