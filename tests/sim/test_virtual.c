/* Tests of virtual time: the figures that the course claims, exactly, on any machine. All times here are virtual,
 * and the same in every run. */
#include <check.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "rt.h"

/* ---- Running --------------------------------------------------------------------------------- */

struct timed {
    void (*fn)(void);
    int64_t took_ns;
};

static void timed_main(void *arg)
{
    struct timed *timed = arg;
    int64_t begun_ns = rt_now();
    timed->fn();
    timed->took_ns = rt_now() - begun_ns;
}

/* How long fn takes as the main task, in nanoseconds of virtual time. */
static int64_t time_on(int procs, void (*fn)(void))
{
    struct timed timed = {.fn = fn};
    rt_procs(procs);
    ck_assert_int_eq(rt_run(timed_main, &timed), RT_OK);
    return timed.took_ns;
}

static double speedup_on(int procs, void (*fn)(void))
{
    return (double)time_on(1, fn) / (double)time_on(procs, fn);
}

static volatile unsigned sink;

/* `steps` turns of a loop: a few basic blocks each. */
static void compute(int steps)
{
    unsigned sum = 1;
    for (int i = 0; i < steps; i++)
        if (sum % 3 != 0)
            sum = sum * 5 + 1;
        else
            sum /= 3;
    sink = sum;
}

static rt_wait_group done;

/* Starts `count` tasks of fn and waits for them: each calls rt_wait_group_done(&done). */
static void run_all(int count, void (*fn)(void *))
{
    rt_wait_group_add(&done, count);
    for (int i = 0; i < count; i++)
        ck_assert_int_eq(rt_go(fn, NULL), RT_OK);
    rt_wait_group_wait(&done);
}

#define NOTHING_COSTS                                                                              \
    "call=0,locked=0,spawn=0,start=0,ready=0,switch=0,steal=0,look=0,wake=0,timer=0,"              \
    "transfer=0,pause=0"

#define STEP 200000 /* of compute(): some hundred microseconds */

static void job(void *arg)
{
    (void)arg;
    compute(STEP);
    rt_wait_group_done(&done);
}

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

static void sixty_four_jobs(void)
{
    run_all(64, job);
}

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

static rt_mutex lock;

static void locked_job(void *arg)
{
    (void)arg;
    rt_mutex_lock(&lock);
    compute(STEP);
    rt_mutex_unlock(&lock);
    rt_wait_group_done(&done);
}

static void jobs_under_one_lock(void)
{
    run_all(32, locked_job);
}

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

/* ---- Order ----------------------------------------------------------------------------------- */

static rt_mutex gate;
static int first_in;

static void long_way(void *arg)
{
    (void)arg;
    compute(20 * STEP);
    rt_mutex_lock(&gate);
    first_in = first_in != 0 ? first_in : 20;
    rt_mutex_unlock(&gate);
    rt_wait_group_done(&done);
}

static void short_way(void *arg)
{
    (void)arg;
    compute(STEP);
    rt_mutex_lock(&gate);
    first_in = first_in != 0 ? first_in : 1;
    rt_mutex_unlock(&gate);
    rt_wait_group_done(&done);
}

static void race_to_the_gate(void)
{
    first_in = 0;
    rt_wait_group_add(&done, 2);
    rt_go(short_way, NULL);
    rt_go(long_way, NULL); /* runs first, being the youngest: what it computed counts, not that */
    rt_wait_group_wait(&done);
}

START_TEST(what_took_longer_comes_later)
{
    time_on(3, race_to_the_gate);
    ck_assert_int_eq(first_in, 1);
}
END_TEST

static _Atomic(int) flag;

static void spin_for_flag(void *arg)
{
    (void)arg;
    while (atomic_load(&flag) == 0)
        sink++;
    rt_wait_group_done(&done);
}

static void raise_flag(void *arg)
{
    (void)arg;
    compute(STEP);
    atomic_store(&flag, 1);
    rt_wait_group_done(&done);
}

static void spin(void)
{
    atomic_store(&flag, 0);
    rt_wait_group_add(&done, 2);
    rt_go(raise_flag, NULL);
    rt_go(spin_for_flag, NULL);
    rt_wait_group_wait(&done);
}

START_TEST(a_task_that_spins_ends_and_costs_its_slice)
{
    ck_assert_int_lt(time_on(2, spin), 5 * RT_MS);
    ck_assert_int_ge(time_on(1, spin), 10 * RT_MS); /* the spinner has its slice first */
}
END_TEST

/* ---- The same again -------------------------------------------------------------------------- */

static void nap_ten_times(void *arg)
{
    (void)arg;
    for (int i = 0; i < 10; i++)
        rt_sleep(20 * RT_MS);
    atomic_fetch_sub(&flag, 1);
    rt_wait_group_done(&done);
}

static void two_nap_beside_a_hog(void)
{
    atomic_store(&flag, 2);
    rt_wait_group_add(&done, 2);
    rt_go(nap_ten_times, NULL);
    rt_go(nap_ten_times, NULL);
    rt_yield();
    while (atomic_load(&flag) > 0)
        sink++;
    rt_wait_group_wait(&done);
}

/* Both are due at the same time. When the hog is stopped both go before it, which waits in the global queue. */
START_TEST(all_who_are_due_go_before_a_task_that_is_stopped)
{
    ck_assert_int_le(time_on(1, two_nap_beside_a_hog), 220 * RT_MS);
}
END_TEST

START_TEST(every_run_takes_the_same_time)
{
    int64_t first = time_on(7, sixty_four_jobs), locked = time_on(5, jobs_under_one_lock);
    for (int i = 0; i < 5; i++) {
        ck_assert_int_eq(time_on(7, sixty_four_jobs), first);
        free(malloc((size_t)i * 1000)); /* other addresses */
        ck_assert_int_eq(time_on(5, jobs_under_one_lock), locked);
    }
}
END_TEST

static void fewer_and_more_procs(void)
{
    rt_wait_group_add(&done, 32);
    for (int i = 0; i < 32; i++)
        rt_go(job, NULL);
    rt_yield();
    ck_assert_int_eq(rt_procs(2), 8);
    rt_sleep(RT_US);
    ck_assert_int_eq(rt_procs(6), 2);
    rt_wait_group_wait(&done);
    ck_assert_int_eq(rt_procs(0), 6);
}

/* A tree of tasks, uneven by a random number of its own for each node. */
struct node {
    unsigned path;
    rt_wait_group *siblings;
};

static unsigned tree_seed;

static void grow(void *arg)
{
    const struct node *node = arg;
    unsigned random = (node->path * 2654435761U) ^ (tree_seed * 2246822519U);
    struct node nodes[3];
    rt_wait_group children = {0};
    compute((int)(random >> 8 & 0xffff));
    for (unsigned i = 0; node->path < 500 && i < (random >> 5 & 3); i++) {
        nodes[i] = (struct node){.path = node->path * 3 + i, .siblings = &children};
        rt_wait_group_add(&children, 1);
        ck_assert_int_eq(rt_go(grow, &nodes[i]), RT_OK);
    }
    rt_wait_group_wait(&children);
    compute((int)(random >> 16 & 0xfff));
    if (node->siblings != NULL)
        rt_wait_group_done(node->siblings);
}

static void grow_tree(void)
{
    struct node root = {.path = 1};
    grow(&root);
}

/* The simulation checks itself against bounds from the theory (vprocs.c); where calls cost nothing the tightest of
 * them applies. A run that breaks one ends the program. */
START_TEST(no_schedule_breaks_the_bounds_of_the_theory)
{
    setenv("RT_SIM_COSTS", NOTHING_COSTS, 1);
    for (tree_seed = 1; tree_seed <= 50; tree_seed++) {
        int64_t one_ns = time_on(1, grow_tree);
        for (int procs = 2; procs <= 16; procs *= 2)
            ck_assert_int_le(time_on(procs, grow_tree), one_ns);
    }
}
END_TEST

START_TEST(procs_can_change_while_tasks_run)
{
    int64_t took_ns = time_on(8, fewer_and_more_procs);
    ck_assert_int_eq(time_on(8, fewer_and_more_procs), took_ns);
    int64_t alone_ns = time_on(1, sixty_four_jobs) / 2;
    ck_assert_int_lt(2 * took_ns, alone_ns);
    ck_assert_int_gt(6 * took_ns, alone_ns);
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
    tcase_add_test(tests, what_took_longer_comes_later);
    tcase_add_test(tests, a_task_that_spins_ends_and_costs_its_slice);
    tcase_add_test(tests, all_who_are_due_go_before_a_task_that_is_stopped);
    tcase_add_test(tests, every_run_takes_the_same_time);
    tcase_add_test(tests, no_schedule_breaks_the_bounds_of_the_theory);
    tcase_add_test(tests, procs_can_change_while_tasks_run);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
