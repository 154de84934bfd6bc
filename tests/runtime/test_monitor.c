/* test_monitor.c - tests of runtime/monitor.c: a task that computes without end keeps nobody waiting,
 * never do more tasks run than there are procs, and a hog does not notice that it was stopped.
 *
 * A hog has no scheduling point. Most end when others have come far enough: they hang if those starve. */
#include <check.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "ints.h"
#include "monitor.h"
#include "rt.h"
#include "run.h"
#include "sanitizer.h"
#include "scheduler.h"

static int64_t stops_now(void)
{
    struct rt_stats stats;

    rt_stats_get(&stats);
    return stats.stops;
}

/* ---- Others get their turn ------------------------------------------------------------------- */

static _Atomic(bool) came;

static void come(void *arg)
{
    (void)arg;
    atomic_store(&came, true);
}

static void compute_until_it_came(void *arg)
{
    (void)arg;
    while (!atomic_load(&came))
        spin(100);
}

static void compute_while_another_waits(void *arg)
{
    for (int i = 1; i < rt_procs(0); i++)
        start(compute_until_it_came, NULL);
    start(come, NULL);
    compute_until_it_came(arg);
}

START_TEST(hog_is_stopped_for_another_task)
{
    run_at(run_procs[_i], compute_while_another_waits, NULL);
}
END_TEST

/* Long enough for the monitor to fall asleep, as it does when all procs are idle. Where it doesn't get
 * that far, the test passes without having tried. */
static void block_the_thread(void *arg)
{
    (void)arg;
    nanosleep(&(struct timespec){.tv_nsec = 30 * RT_MS}, NULL);
}

static void compute_after_blocking(void *arg)
{
    rt_blocking(block_the_thread, NULL);
    compute_while_another_waits(arg);
}

START_TEST(hog_that_comes_from_a_blocking_call_is_stopped)
{
    run_at(1, compute_after_blocking, NULL);
}
END_TEST

static void sleep_then_come(void *arg)
{
    rt_sleep(RT_MS);
    come(arg);
}

static void compute_while_another_sleeps(void *arg)
{
    start(sleep_then_come, NULL);
    rt_yield();
    compute_until_it_came(arg);
}

START_TEST(hog_is_stopped_for_a_sleeper)
{
    run_at(1, compute_while_another_sleeps, NULL);
}
END_TEST

/* It is inside the runtime most of the time, where it can't be stopped, but never waits. */
static void poll_while_another_waits(void *arg)
{
    rt_chan *never = ints_new(0);

    start(come, arg);
    while (!atomic_load(&came))
        rt_chan_try_recv(never, NULL);
    rt_chan_free(never);
}

START_TEST(hog_that_calls_the_runtime_all_the_time_is_stopped)
{
    run_at(1, poll_while_another_waits, NULL);
}
END_TEST

/* The signal itself, while the task is where it must not be stopped. */
static void get_the_signal_inside(void)
{
    rt__critical_begin();
    pthread_kill(pthread_self(), RT__PREEMPT);
    spin(100);
    ck_assert(!came);
}

static void be_wanted_inside(void *arg)
{
    start(come, arg);
    get_the_signal_inside();
    rt__call_end();
    ck_assert(came);
}

START_TEST(task_inside_the_runtime_gives_way_when_it_leaves)
{
    run_at(1, be_wanted_inside, NULL);
}
END_TEST

static void be_wanted_where_no_yield_is_allowed(void *arg)
{
    pid_t thread = gettid(); /* pthread_self() is asked once for all by compilers */

    start(come, arg);
    get_the_signal_inside();
    if (rt__critical_end())
        rt__stop_if_wanted();
    ck_assert(came);
    ck_assert_int_eq(gettid(), thread);
}

START_TEST(task_that_must_not_yield_stops_on_its_thread_when_it_leaves)
{
    run_at(1, be_wanted_where_no_yield_is_allowed, NULL);
}
END_TEST

/* The write comes only when the reader's slice is over: it has the only proc meanwhile. */
static void read_plainly(void *arg)
{
    int *fds = arg;
    char byte = 0;

    if (read(fds[0], &byte, 1) == 1 && byte == 'x')
        come(arg);
}

static void write_when_all_else_waits(void *arg)
{
    int *fds = arg;
    int64_t stops = stops_now();

    start(read_plainly, fds);
    while (stops_now() < stops + 3)
        rt_yield();
    ck_assert(!came);
    ck_assert_int_eq(write(fds[1], "x", 1), 1);
    yield_until_tasks(1);
    ck_assert(came);
}

START_TEST(task_in_a_blocking_system_call_is_stopped_and_its_call_goes_on)
{
    int fds[2];

    ck_assert_int_eq(pipe(fds), 0);
    run_at(1, write_when_all_else_waits, fds);
}
END_TEST

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

/* With one proc, a turn begins only where one ends: by a stop, or at the very end. Two hogs that run at
 * once would take turns all the time. */
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

static void begin_to_compute(void *arg)
{
    atomic_fetch_add((_Atomic(int) *)arg, 1);
    compute_until_it_came(NULL);
}

static void go_down_to_one_beside_a_hog(void *arg)
{
    start(begin_to_compute, arg);
    spin_until(arg, 1); /* on the other proc */
    rt_procs(1);        /* nobody waits for the hog's proc, but it has to go */
    atomic_store(&came, true);
    yield_until_tasks(1);
}

START_TEST(hog_for_whose_proc_nobody_waits_is_stopped_when_that_retires)
{
    _Atomic(int) computing = 0;

    run_at(2, go_down_to_one_beside_a_hog, &computing);
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

/* Tasks in blocking system calls are hogs that use no CPU: so this shows on small machines what hogs
 * on large ones would. */
#define SLICE_NS (10 * RT_MS)
#define PROCS 8

static void count_stops(void *arg)
{
    int *fds = arg;
    int64_t began_ns = rt_now(), stops;

    for (int i = 0; i < 2 * PROCS; i++)
        start(read_plainly, fds);
    while ((stops = stops_now()) < 10 * PROCS)
        rt_yield();
    ck_assert_int_le(stops, PROCS * ((rt_now() - began_ns) / SLICE_NS + 1));
    for (int i = 0; i < 2 * PROCS; i++)
        ck_assert_int_eq(write(fds[1], "x", 1), 1);
    yield_until_tasks(1);
}

START_TEST(stops_of_others_do_not_shorten_a_slice)
{
    int fds[2];

    ck_assert_int_eq(pipe(fds), 0);
    run_at(PROCS, count_stops, fds);
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

/* AddressSanitizer's frames are too large for this. */
#if !defined(RT__ASAN)

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

#endif

/* As a library, or an urgent byte on a socket, may send it. */
static void send_the_signal_to_oneself(void *arg)
{
    for (int i = 0; i < 100; i++) {
        pthread_kill(pthread_self(), SIGURG);
        atomic_fetch_add((_Atomic(int) *)arg, 1);
    }
}

static void send_signals(void *arg)
{
    for (int i = 0; i < 4; i++)
        start(send_the_signal_to_oneself, arg);
    send_the_signal_to_oneself(arg);
    yield_until_tasks(1);
}

START_TEST(signal_from_elsewhere_does_no_harm)
{
    _Atomic(int) sent = 0;

    run_at(run_procs[_i], send_signals, &sent);
    ck_assert_int_eq(sent, 5 * 100);
}
END_TEST

static volatile sig_atomic_t handled;

static void on_signal(int signal)
{
    (void)signal;
    handled++;
}

START_TEST(handler_of_the_program_is_back_after_the_run)
{
    signal(SIGURG, on_signal);
    run_at(1, come, NULL);
    raise(SIGURG);
    ck_assert_int_eq(handled, 1);
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

/* Two procs. A sleeping task's timer lies on a proc that is idle, and its worker sleeps until then. That
 * worker is called away, to compute on the other proc: so another has to watch the clock. */
static _Atomic(bool) slept, sleeps;
static rt_chan *go_on;

static void sleep_a_while(void *arg)
{
    (void)arg;
    atomic_store(&sleeps, true);
    rt_sleep(30 * RT_MS);
    atomic_store(&slept, true);
}

static void compute_until_slept(void *arg)
{
    (void)arg;
    rt_chan_recv(go_on, NULL);
    while (!atomic_load(&slept))
        spin(100);
}

static void block_until_slept(void *arg)
{
    (void)arg;
    while (!atomic_load(&slept))
        nanosleep(&(struct timespec){.tv_nsec = RT_MS}, NULL);
}

static void call_the_sentry_away(void *arg)
{
    int64_t end_ns;

    (void)arg;
    go_on = rt_chan_new(0, 0);
    start(compute_until_slept, NULL);
    rt_yield();
    start(sleep_a_while, NULL);
    while (!atomic_load(&sleeps)) /* so it runs on the other proc */
        spin(100);
    end_ns = rt_now() + 10 * RT_MS; /* the other worker falls asleep; if not, nothing is tried */
    while (rt_now() < end_ns)
        spin(100);
    rt_chan_send(go_on, NULL);
    rt_blocking(block_until_slept, NULL);
    yield_until_tasks(1);
    rt_chan_free(go_on);
}

START_TEST(clock_is_watched_when_the_sentry_is_called_away)
{
    run_at(2, call_the_sentry_away, NULL);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("monitor");

    tcase_add_loop_test(tests, hog_is_stopped_for_another_task, 0, RUN_PROCS);
    tcase_add_test(tests, hog_that_comes_from_a_blocking_call_is_stopped);
    tcase_add_test(tests, hog_is_stopped_for_a_sleeper);
    tcase_add_test(tests, hog_that_calls_the_runtime_all_the_time_is_stopped);
    tcase_add_test(tests, task_inside_the_runtime_gives_way_when_it_leaves);
    tcase_add_test(tests, task_that_must_not_yield_stops_on_its_thread_when_it_leaves);
    tcase_add_test(tests, task_in_a_blocking_system_call_is_stopped_and_its_call_goes_on);
    tcase_add_test(tests, with_one_proc_no_two_hogs_run_at_once);
    tcase_add_test(tests, hogs_on_procs_that_retire_are_stopped);
    tcase_add_test(tests, hog_for_whose_proc_nobody_waits_is_stopped_when_that_retires);
    tcase_add_loop_test(tests, all_of_many_hogs_get_turns, 0, RUN_PROCS);
    tcase_add_loop_test(tests, stopped_hogs_go_on_beside_tasks_that_are_always_ready, 0, RUN_PROCS);
    tcase_add_test(tests, stops_of_others_do_not_shorten_a_slice);
    tcase_add_loop_test(tests, stopped_hogs_compute_the_right_results, 0, RUN_PROCS);
#if !defined(RT__ASAN)
    tcase_add_test(tests, hog_with_hardly_any_stack_left_can_be_stopped);
#endif
    tcase_add_loop_test(tests, signal_from_elsewhere_does_no_harm, 0, RUN_PROCS);
    tcase_add_test(tests, handler_of_the_program_is_back_after_the_run);
    tcase_add_loop_test(tests, run_ends_beside_hogs_which_never_go_on, 0, RUN_PROCS);
    tcase_add_test(tests, clock_is_watched_when_the_sentry_is_called_away);
    return run_tests("monitor", tests);
}
