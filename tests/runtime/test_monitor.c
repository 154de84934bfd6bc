/* test_monitor.c - tests of runtime/monitor.c: who is stopped, and when. A task that computes
 * without end keeps nobody waiting, one that disturbs nobody is left alone, and none is stopped
 * inside the runtime. (What many hogs do to each other is in test_hogs.c; hogs in malloc are in
 * test_allocation.c.)
 *
 * A hog has no scheduling point. Most end when others have come far enough: they hang if those
 * starve. */
#include <check.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

#include "hogs.h"
#include "ints.h"
#include "monitor.h"
#include "rt.h"
#include "run.h"
#include "scheduler.h"
#include "tool.h"

/* ---- Others get their turn ------------------------------------------------------------------- */

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

/* Long enough for the monitor to fall asleep, as it does when all procs are idle. Where it doesn't
 * get that far, the test passes without having tried. */
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

/* ---- One hog alone --------------------------------------------------------------------------- */

/* Slices of CPU time, in which the monitor looks at it. */
static void compute_for_slices(int slices)
{
    clock_t end = clock() + slices * CLOCKS_PER_SEC / 100;

    while (clock() < end)
        spin(1000);
}

static void compute_alone(void *arg)
{
    compute_for_slices(5);
    *(int64_t *)arg = stops_now();
}

START_TEST(hog_for_which_nobody_waits_is_left_alone)
{
    int64_t stops = -1;

    run_at(run_procs[_i], compute_alone, &stops);
    ck_assert_int_eq(stops, 0);
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

/* ---- A wish while the task is inside the runtime --------------------------------------------- */

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

/* The same, but it is the monitor that sends it, to a task that never was outside. */
static void wait_for_the_monitor_inside(void)
{
    while (!(rt__critical & RT__CRITICAL_WANTED))
        spin(100);
    ck_assert(!came);
}

static void be_wanted_by_the_monitor(void *arg)
{
    start(come, arg);
    rt__critical_begin();
    wait_for_the_monitor_inside();
    rt__call_end();
    ck_assert(came);
    ck_assert_int_eq(stops_now(), 0); /* it gave way, and was never stopped */
}

START_TEST(hog_inside_the_runtime_gives_way_when_it_leaves)
{
    run_at(1, be_wanted_by_the_monitor, NULL);
}
END_TEST

static void be_wanted_deep_inside(void *arg)
{
    start(come, arg);
    rt__critical_begin();
    rt__critical_begin();
    wait_for_the_monitor_inside();
    rt__call_end();
    ck_assert(!came);
    rt__call_end();
    ck_assert(came);
}

START_TEST(wish_is_kept_until_the_outermost_end)
{
    run_at(1, be_wanted_deep_inside, NULL);
}
END_TEST

/* With attention, nobody waits for the hog's proc: the wish is what takes it away. */
static void be_inside_until_wanted(void *arg)
{
    rt__critical_begin();
    atomic_fetch_add((_Atomic(int) *)arg, 1);
    wait_for_the_monitor_inside();
    rt__call_end();
    compute_until_it_came(NULL);
}

static void go_down_to_one_beside_a_hog_inside(void *arg)
{
    start(be_inside_until_wanted, arg);
    spin_until(arg, 1);
    rt_procs(1);
    atomic_store(&came, true);
    yield_until_tasks(1);
}

START_TEST(hog_inside_the_runtime_leaves_a_proc_that_retires)
{
    _Atomic(int) computing = 0;

    run_at(2, go_down_to_one_beside_a_hog_inside, &computing);
}
END_TEST

/* ---- Slices ---------------------------------------------------------------------------------- */

/* Tasks in blocking system calls are hogs that use no CPU: so this shows on small machines what
 * hogs on large ones would. */
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

/* ---- The signal ------------------------------------------------------------------------------ */

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

/* ---- The clock ------------------------------------------------------------------------------- */

/* Two procs. A sleeping task's timer lies on a proc that is idle, and its worker sleeps until then.
 * That worker is called away, to compute on the other proc: so another has to watch the clock. */
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
    tcase_add_loop_test(tests, hog_for_which_nobody_waits_is_left_alone, 0, RUN_PROCS);
    tcase_add_test(tests, hog_for_whose_proc_nobody_waits_is_stopped_when_that_retires);
    tcase_add_test(tests, task_inside_the_runtime_gives_way_when_it_leaves);
    tcase_add_test(tests, task_that_must_not_yield_stops_on_its_thread_when_it_leaves);
    /* ThreadSanitizer keeps a signal back: until the call that it came in returns, and where there
     * is none, until the next. */
    if (!running_under(THREAD_SANITIZER)) {
        tcase_add_test(tests, task_in_a_blocking_system_call_is_stopped_and_its_call_goes_on);
        tcase_add_test(tests, hog_inside_the_runtime_gives_way_when_it_leaves);
        tcase_add_test(tests, wish_is_kept_until_the_outermost_end);
        if (!running_under(EMULATOR)) /* as test_hogs: see checkers.mk */
            tcase_add_test(tests, hog_inside_the_runtime_leaves_a_proc_that_retires);
        tcase_add_test(tests, stops_of_others_do_not_shorten_a_slice);
    }
    tcase_add_loop_test(tests, signal_from_elsewhere_does_no_harm, 0, RUN_PROCS);
    tcase_add_test(tests, handler_of_the_program_is_back_after_the_run);
    tcase_add_test(tests, clock_is_watched_when_the_sentry_is_called_away);
    return run_tests("monitor", tests);
}
