/* Tests of virtual time: who comes first, and that it is the same again. */
#include <check.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"
#include "timed.h"

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

/* Both are due at the same time. When the hog is stopped both go before it, which waits in the
 * global queue. */
START_TEST(all_who_are_due_go_before_a_task_that_is_stopped)
{
    ck_assert_int_le(time_on(1, two_nap_beside_a_hog), 220 * RT_MS);
}
END_TEST

/* ---- The same again -------------------------------------------------------------------------- */

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

/* The simulation checks itself against bounds from the theory (vprocs.c); where calls cost nothing
 * the tightest of them applies. A run that breaks one ends the program. */
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
    Suite *suite = suite_create("order in virtual time");
    TCase *tests = tcase_create("order in virtual time");

    tcase_set_timeout(tests, 60);
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
