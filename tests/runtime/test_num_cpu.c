/* test_num_cpu.c - tests of rt_num_cpu: the affinity mask counts, and sets the number of procs. */
#include <check.h>
#include <sched.h>
#include <string.h>

#include "child.h"
#include "rt.h"
#include "run.h"

static struct child child;

static int affinity(cpu_set_t *set)
{
    ck_assert_int_eq(sched_getaffinity(0, sizeof *set, set), 0);
    return CPU_COUNT(set);
}

/* Keeps the first `count` CPUs of those allowed. */
static void keep_cpus(int count)
{
    cpu_set_t set;

    affinity(&set);
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (CPU_ISSET(cpu, &set) && count-- <= 0)
            CPU_CLR(cpu, &set);
    }
    ck_assert_int_eq(sched_setaffinity(0, sizeof set, &set), 0);
}

START_TEST(number_is_between_one_and_the_cpus_allowed)
{
    cpu_set_t set;

    ck_assert_int_ge(rt_num_cpu(), 1);
    ck_assert_int_le(rt_num_cpu(), affinity(&set));
}
END_TEST

START_TEST(number_follows_the_affinity_mask)
{
    int before = rt_num_cpu();

    if (before >= 2) {
        keep_cpus(2);
        ck_assert_int_eq(rt_num_cpu(), 2);
    }
    keep_cpus(1);
    ck_assert_int_eq(rt_num_cpu(), 1);
}
END_TEST

static void say_procs(void *arg)
{
    (void)arg;
    say("%d %d", rt_procs(0), rt_num_cpu());
}

static void run_on_one_cpu(void *arg)
{
    keep_cpus(1);
    rt_run(say_procs, arg);
}

START_TEST(procs_are_as_many_by_default)
{
    child_call(&child, run_on_one_cpu, NULL);
    ck_assert_str_eq(child.out, "1 1");
}
END_TEST

/* More procs than CPUs: they share the CPU, and every task runs all the same. */
static void take_turns(void *arg)
{
    rt_wait_group_done(arg);
}

static void run_four_procs(void *arg)
{
    rt_wait_group group = {0};

    (void)arg;
    rt_wait_group_add(&group, 1000);
    for (int i = 0; i < 1000; i++)
        start(take_turns, &group);
    rt_wait_group_wait(&group);
}

START_TEST(more_procs_than_cpus_work)
{
    keep_cpus(1);
    run_at(4, run_four_procs, NULL);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("num_cpu");

    tcase_add_test(tests, number_is_between_one_and_the_cpus_allowed);
    tcase_add_test(tests, number_follows_the_affinity_mask);
    tcase_add_test(tests, procs_are_as_many_by_default);
    tcase_add_test(tests, more_procs_than_cpus_work);
    return run_tests("num_cpu", tests);
}
