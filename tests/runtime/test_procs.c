/* test_procs.c - tests of runtime/procs.c: the number of procs, before and while tasks run, and
 * that this many tasks run at once, no more and no fewer. */
#include <check.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "child.h"
#include "hogs.h"
#include "ints.h"
#include "rt.h"
#include "run.h"

/* ---- The setting ----------------------------------------------------------------------------- */

static void ask(void *arg)
{
    *(int *)arg = rt_procs(0);
}

START_TEST(setting_before_the_run_counts)
{
    int procs = 0;

    rt_procs(3);
    ck_assert_int_eq(rt_procs(0), 3);
    ck_assert_int_eq(rt_procs(5), 3);
    ck_assert_int_eq(rt_run(ask, &procs), RT_OK);
    ck_assert_int_eq(procs, 5);
}
END_TEST

static void ask_for_too_many(void *arg)
{
    rt_procs(RT_MAX_PROCS + 1);
    *(int *)arg = rt_procs(0);
}

START_TEST(more_than_the_most_is_the_most)
{
    int procs = 0;

    run_at(run_procs[_i], ask_for_too_many, &procs);
    ck_assert_int_eq(procs, RT_MAX_PROCS);
    run_at(100000, ask, &procs);
    ck_assert_int_eq(procs, RT_MAX_PROCS);
}
END_TEST

static void say_procs(void *arg)
{
    (void)arg;
    say("%d %d", rt_procs(0), rt_num_cpu());
}

START_TEST(environment_sets_the_number)
{
    static struct child child;

    child_run(&child, say_procs, (const char *[]){"RT_PROCS=7", NULL});
    ck_assert_int_eq(child.status, 0);
    ck_assert(strncmp(child.out, "7 ", 2) == 0);
}
END_TEST

START_TEST(nonsense_in_the_environment_is_ignored)
{
    static const char *const nonsense[] = {"RT_PROCS=", "RT_PROCS=0", "RT_PROCS=-2",
                                           "RT_PROCS=many", "RT_PROCS=4x"};
    static struct child child;
    int procs, cpus;

    for (int i = 0; i < 5; i++) {
        child_run(&child, say_procs, (const char *[]){nonsense[i], NULL});
        ck_assert_int_eq(sscanf(child.out, "%d %d", &procs, &cpus), 2);
        ck_assert_int_eq(procs, cpus);
    }
}
END_TEST

/* ---- No more than that many ------------------------------------------------------------------ */

#define STEPPERS 6
#define ALONE_ROUNDS 20000

struct steppers {
    _Atomic(int) steps[STEPPERS];
    _Atomic(int) running;
    _Atomic(int) moved; /* how often one stepped while another ran */
    int stuck;
    rt_wait_group group;
};

/* They outlive the main task. */
static struct stepper {
    struct steppers *all;
    int number;
} steppers[STEPPERS];

static void start_steppers(struct steppers *all, void (*step)(void *arg))
{
    for (int i = 0; i < STEPPERS; i++) {
        steppers[i] = (struct stepper){all, i};
        start(step, &steppers[i]);
    }
}

static int sum_steps(struct steppers *all)
{
    int sum = 0;

    for (int i = 0; i < STEPPERS; i++)
        sum += atomic_load(&all->steps[i]);
    return sum;
}

/* Watches the others' steps for a moment, from a scheduling point to before the next. Between the
 * two a task keeps its proc, unless the runtime stops it, as it may even early in its slice: the
 * signal can come late. A stop is counted before anybody else gets the proc. */
static void step_and_watch(void *arg)
{
    struct stepper *stepper = arg;
    struct steppers *all = stepper->all;

    for (int i = 0; i < ALONE_ROUNDS; i++) {
        int64_t stops_before = stops_now();
        int before = sum_steps(all);

        spin(50);
        if (sum_steps(all) != before && stops_now() == stops_before)
            atomic_fetch_add(&all->moved, 1);
        atomic_fetch_add(&all->steps[stepper->number], 1);
        rt_yield();
    }
    rt_wait_group_done(&all->group);
}

static void go_down_to_one(void *arg)
{
    struct steppers *all = arg;

    rt_procs(1);
    rt_wait_group_add(&all->group, STEPPERS);
    start_steppers(all, step_and_watch);
    rt_wait_group_wait(&all->group);
}

START_TEST(with_one_proc_no_two_tasks_run_at_once)
{
    struct steppers all = {0};

    run_at(run_procs[_i], go_down_to_one, &all);
    ck_assert_int_eq(all.moved, 0);
    ck_assert_int_eq(sum_steps(&all), STEPPERS * ALONE_ROUNDS);
}
END_TEST

static void step_for_ever(void *arg)
{
    struct stepper *stepper = arg;

    atomic_fetch_add(&stepper->all->running, 1);
    for (;;) {
        atomic_fetch_add(&stepper->all->steps[stepper->number], 1);
        rt_yield();
    }
}

/* From the return of rt_procs(1) until the caller lets go, nobody else may take a step. */
static void stop_the_others(void *arg)
{
    struct steppers *all = arg;

    start_steppers(all, step_for_ever);
    yield_until(&all->running, STEPPERS);
    for (int round = 0; round < 50; round++) {
        int64_t stops_before;
        int before;

        rt_procs(1);
        stops_before = stops_now();
        before = sum_steps(all);
        spin(5000);
        if (sum_steps(all) != before && stops_now() == stops_before)
            atomic_fetch_add(&all->moved, 1);
        yield_often(STEPPERS * 4);
        all->stuck += sum_steps(all) == before;
        rt_procs(4);
        yield_often(3);
    }
}

START_TEST(going_down_to_one_stops_the_others_before_it_returns)
{
    static struct steppers all; /* the steppers use it until the run is over */

    run_at(run_procs[_i], stop_the_others, &all);
    ck_assert_int_eq(all.moved, 0);
    ck_assert_int_eq(all.stuck, 0);
}
END_TEST

/* Two spinning tasks use twice the CPU time of one, if they run at once. */
static void spin_long(void *arg)
{
    for (int i = 0; i < 300; i++) {
        spin(200000);
        rt_yield();
    }
    rt_wait_group_done(arg);
}

static int64_t cpu_time_ns(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec * RT_SECOND + time.tv_nsec;
}

static void compare_cpu_time(void *arg)
{
    rt_wait_group group = {0};
    int64_t began_ns = rt_now(), began_cpu_ns = cpu_time_ns();

    rt_wait_group_add(&group, 4);
    for (int i = 0; i < 4; i++)
        start(spin_long, &group);
    rt_wait_group_wait(&group);
    *(double *)arg = (double)(cpu_time_ns() - began_cpu_ns) / (double)(rt_now() - began_ns);
}

START_TEST(one_proc_uses_at_most_one_cpu)
{
    double cpus = 0;

    run_at(1, compare_cpu_time, &cpus);
    ck_assert_msg(cpus < 1.1, "%.2f CPUs", cpus);
}
END_TEST

/* Whoever has nothing to do sleeps, unless the time comes before it gets there. */
static void sleep_until_idle(void *arg)
{
    struct rt_stats *stats = arg;

    do {
        rt_sleep(RT_MS);
        rt_stats_get(stats);
    } while (stats->idle_ns == 0);
}

START_TEST(one_proc_is_idle_no_longer_than_it_was_there)
{
    struct rt_stats stats;
    int64_t began_ns = rt_now();

    run_at(1, sleep_until_idle, &stats);
    ck_assert_int_le(stats.idle_ns, rt_now() - began_ns);
}
END_TEST

/* ---- No fewer -------------------------------------------------------------------------------- */

struct gathering {
    _Atomic(int) arrived;
    int expected;
    rt_wait_group group;
};

/* Waits for the others without a scheduling point, so it only ends if all have procs at once. */
static void spin_until_all_arrived(void *arg)
{
    struct gathering *gathering = arg;

    atomic_fetch_add(&gathering->arrived, 1);
    spin_until(&gathering->arrived, gathering->expected);
    rt_wait_group_done(&gathering->group);
}

static void gather(int tasks)
{
    struct gathering gathering = {.expected = tasks};

    rt_wait_group_add(&gathering.group, tasks);
    for (int i = 0; i < tasks; i++)
        start(spin_until_all_arrived, &gathering);
    rt_wait_group_wait(&gathering.group);
}

static void gather_often(void *arg)
{
    for (int i = 0; i < 50; i++)
        gather(*(int *)arg);
}

START_TEST(as_many_tasks_run_at_once_as_there_are_procs)
{
    run_at(run_procs[_i], gather_often, (void *)&run_procs[_i]);
}
END_TEST

static void gather_after_changes(void *arg)
{
    (void)arg;
    for (int i = 0; i < 30; i++) {
        for (int p = 0; p < RUN_PROCS; p++) {
            rt_procs(run_procs[p]);
            gather(run_procs[p]);
        }
    }
}

START_TEST(procs_may_come_and_go_while_tasks_run)
{
    run_at(run_procs[_i], gather_after_changes, NULL);
}
END_TEST

/* ---- Nothing is lost ------------------------------------------------------------------------- */

struct lost {
    rt_chan *jobs, *results;
};

static void square(void *arg)
{
    struct lost *lost = arg;
    int job;

    while (rt_chan_recv(lost->jobs, &job) == RT_OK) {
        if (job % 3 == 0)
            rt_sleep(job % 200 * RT_US);
        ints_send(lost->results, job * job);
    }
}

static void send_jobs(void *arg)
{
    struct lost *lost = arg;

    for (int job = 0; job < 3000; job++)
        ints_send(lost->jobs, job);
    rt_chan_close(lost->jobs);
}

/* The procs that go away hold tasks in their queues and timers in their heaps. */
static void change_procs_under_load(void *arg)
{
    static const int changes[] = {8, 1, 3, 2, 16, 4, 1, 5};
    struct lost lost = {ints_new(4), ints_new(4)};

    start(send_jobs, &lost);
    for (int i = 0; i < 20; i++)
        start(square, &lost);
    for (int i = 0; i < 3000; i++) {
        *(int64_t *)arg += ints_recv(lost.results);
        if (i % 25 == 0)
            rt_procs(changes[i / 25 % 8]);
    }
    yield_until_tasks(1);
    rt_chan_free(lost.jobs);
    rt_chan_free(lost.results);
}

START_TEST(no_task_and_no_timer_is_lost_when_procs_go)
{
    int64_t sum = 0;

    run_at(run_procs[_i], change_procs_under_load, &sum);
    ck_assert_int_eq(sum, INT64_C(2999) * 3000 * 5999 / 6);
}
END_TEST

static void change_procs_often(void *arg)
{
    for (int i = 0; i < 200; i++)
        rt_procs(1 + (int)(rt_task_id() * 7 + (uint64_t)i) % 6);
    rt_wait_group_done(arg);
}

static void run_changers(void *arg)
{
    rt_wait_group group = {0};

    (void)arg;
    rt_wait_group_add(&group, 5);
    for (int i = 0; i < 5; i++)
        start(change_procs_often, &group);
    rt_wait_group_wait(&group);
}

START_TEST(several_tasks_may_change_the_number_at_once)
{
    run_at(run_procs[_i], run_changers, NULL);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("procs");

    tcase_add_test(tests, setting_before_the_run_counts);
    tcase_add_loop_test(tests, more_than_the_most_is_the_most, 0, RUN_PROCS);
    tcase_add_test(tests, environment_sets_the_number);
    tcase_add_test(tests, nonsense_in_the_environment_is_ignored);
    tcase_add_loop_test(tests, with_one_proc_no_two_tasks_run_at_once, 0, RUN_PROCS);
    tcase_add_loop_test(tests, going_down_to_one_stops_the_others_before_it_returns, 0, RUN_PROCS);
    tcase_add_test(tests, one_proc_uses_at_most_one_cpu);
    tcase_add_test(tests, one_proc_is_idle_no_longer_than_it_was_there);
    tcase_add_loop_test(tests, as_many_tasks_run_at_once_as_there_are_procs, 0, RUN_PROCS);
    tcase_add_loop_test(tests, procs_may_come_and_go_while_tasks_run, 0, RUN_PROCS);
    tcase_add_loop_test(tests, no_task_and_no_timer_is_lost_when_procs_go, 0, RUN_PROCS);
    tcase_add_loop_test(tests, several_tasks_may_change_the_number_at_once, 0, RUN_PROCS);
    return run_tests("procs", tests);
}
