/* test_once.c - tests of runtime/once.c beyond the table of Go's rules (conformance_sync.c): many
 * tasks that ask at the same time, and what they see afterwards. */
#include <check.h>
#include <stdatomic.h>

#include "rt.h"
#include "run.h"

#define TASKS 16
#define ONCES 300

/* `prepared` is plain on purpose: once itself must make it visible. */
struct lazy {
    rt_once once;
    int prepared;
    _Atomic(int) runs;
};

struct all {
    struct lazy lazy[ONCES];
    rt_wait_group group;
    _Atomic(int) unprepared;
    bool slowly;
};

struct asker {
    struct all *all;
    struct lazy *lazy;
};

static void prepare(void *arg)
{
    struct asker *asker = arg;

    atomic_fetch_add(&asker->lazy->runs, 1);
    if (asker->all->slowly)
        yield_often(5);
    asker->lazy->prepared = 42;
}

static void ask_all(void *arg)
{
    struct all *all = arg;

    for (int i = 0; i < ONCES; i++) {
        struct asker asker = {all, &all->lazy[i]};

        rt_once_do(&all->lazy[i].once, prepare, &asker);
        if (all->lazy[i].prepared != 42)
            atomic_fetch_add(&all->unprepared, 1);
    }
    rt_wait_group_done(&all->group);
}

static void run_askers(void *arg)
{
    struct all *all = arg;

    rt_wait_group_add(&all->group, TASKS);
    for (int i = 0; i < TASKS; i++)
        start(ask_all, all);
    rt_wait_group_wait(&all->group);
}

static void assert_each_ran_once(struct all *all)
{
    ck_assert_int_eq(all->unprepared, 0);
    for (int i = 0; i < ONCES; i++)
        ck_assert_int_eq(all->lazy[i].runs, 1);
}

START_TEST(function_runs_once_and_all_see_its_work)
{
    struct all all = {0};

    run_at(run_procs[_i], run_askers, &all);
    assert_each_ran_once(&all);
}
END_TEST

START_TEST(others_wait_while_the_function_yields)
{
    struct all all = {.slowly = true};

    run_at(run_procs[_i], run_askers, &all);
    assert_each_ran_once(&all);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("once");

    tcase_add_loop_test(tests, function_runs_once_and_all_see_its_work, 0, RUN_PROCS);
    tcase_add_loop_test(tests, others_wait_while_the_function_yields, 0, RUN_PROCS);
    return run_tests("once", tests);
}
