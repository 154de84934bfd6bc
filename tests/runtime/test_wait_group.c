/* test_wait_group.c - tests of runtime/wait_group.c beyond the table of Go's rules
 * (conformance_sync.c): load, many waiters, rounds, and when a wait group may go away. */
#include <check.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "rt.h"
#include "run.h"

struct crowd {
    rt_wait_group work, waiters;
    int tasks;
    _Atomic(int) finished, too_early, seen;
};

static void work(void *arg)
{
    struct crowd *crowd = arg;

    rt_yield();
    atomic_fetch_add(&crowd->finished, 1);
    rt_wait_group_done(&crowd->work);
}

static void wait_for_the_work(void *arg)
{
    struct crowd *crowd = arg;

    rt_wait_group_wait(&crowd->work);
    if (atomic_load(&crowd->finished) != crowd->tasks)
        atomic_fetch_add(&crowd->too_early, 1);
    atomic_fetch_add(&crowd->seen, 1);
    rt_wait_group_done(&crowd->waiters);
}

static void run_crowd(void *arg)
{
    struct crowd *crowd = arg;

    rt_wait_group_add(&crowd->work, crowd->tasks);
    rt_wait_group_add(&crowd->waiters, 20);
    for (int i = 0; i < 20; i++)
        start(wait_for_the_work, crowd);
    for (int i = 0; i < crowd->tasks; i++)
        start(work, crowd);
    rt_wait_group_wait(&crowd->waiters);
}

START_TEST(all_waiters_wake_and_none_too_early)
{
    for (int tasks = 1; tasks <= 3000; tasks = tasks * 7 + 1) {
        struct crowd crowd = {.tasks = tasks};

        run_at(run_procs[_i], run_crowd, &crowd);
        ck_assert_int_eq(crowd.too_early, 0);
        ck_assert_int_eq(crowd.seen, 20);
    }
}
END_TEST

static void run_rounds(void *arg)
{
    struct crowd *crowd = arg;

    for (int round = 1; round <= 500; round++) {
        rt_wait_group_add(&crowd->work, 4);
        for (int i = 0; i < 4; i++)
            start(work, crowd);
        rt_wait_group_wait(&crowd->work);
        crowd->too_early += atomic_load(&crowd->finished) != round * 4;
    }
}

START_TEST(one_group_serves_round_after_round)
{
    struct crowd crowd = {0};

    run_at(run_procs[_i], run_rounds, &crowd);
    ck_assert_int_eq(crowd.too_early, 0);
}
END_TEST

/* ---- Trees of tasks -------------------------------------------------------------------------- */

/* Fork and join: each half is counted by a task of its own, and the join is on the stack of the
 * task that forked. */
struct tree {
    int depth;
    int64_t leaves;
    rt_wait_group *done; /* NULL for the root */
};

static void count_leaves(void *arg);

static void count_half(void *arg)
{
    struct tree *half = arg;

    count_leaves(half);
    rt_wait_group_done(half->done);
}

static void count_leaves(void *arg)
{
    struct tree *tree = arg;
    rt_wait_group done = {0};
    struct tree halves[2] = {{tree->depth - 1, 0, &done}, {tree->depth - 1, 0, &done}};

    if (tree->depth == 0) {
        tree->leaves = 1;
        return;
    }
    rt_wait_group_add(&done, 2);
    start(count_half, &halves[0]);
    start(count_half, &halves[1]);
    rt_wait_group_wait(&done);
    tree->leaves = halves[0].leaves + halves[1].leaves;
}

START_TEST(tree_of_forks_and_joins_counts_its_leaves)
{
    struct tree tree = {.depth = 13};

    run_at(run_procs[_i], count_leaves, &tree);
    ck_assert_int_eq(tree.leaves, 1 << 13);
}
END_TEST

/* ---- Its end --------------------------------------------------------------------------------- */

/* What lies in a wait group's memory after its life. Whatever still writes there changes it. */
#define POISON 0xA5

static void be_done(void *arg)
{
    rt_wait_group_done(arg);
}

/* A wait group usually lies in the frame of the task that waits, and is gone when that returns: the
 * last `done` must have let go of it by the time the wait ends, whether the wait slept or not. */
static void use_memory_after_wait(void *arg)
{
    unsigned char poison[sizeof(rt_wait_group)];
    int *changed = arg;

    memset(poison, POISON, sizeof poison);
    for (int i = 0; i < 4000; i++) {
        rt_wait_group *group = calloc(1, sizeof *group);

        rt_wait_group_add(group, 2);
        start(be_done, group);
        start(be_done, group);
        spin(i % 400); /* the wait comes before, between or after the two */
        rt_wait_group_wait(group);
        memset(group, POISON, sizeof *group);
        spin(300);
        *changed += memcmp(group, poison, sizeof *group) != 0;
        free(group);
    }
}

START_TEST(done_leaves_the_group_alone_once_the_wait_can_end)
{
    int changed = 0;

    run_at(run_procs[_i], use_memory_after_wait, &changed);
    ck_assert_int_eq(changed, 0);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("wait group");

    tcase_add_loop_test(tests, all_waiters_wake_and_none_too_early, 0, RUN_PROCS);
    tcase_add_loop_test(tests, one_group_serves_round_after_round, 0, RUN_PROCS);
    tcase_add_loop_test(tests, tree_of_forks_and_joins_counts_its_leaves, 0, RUN_PROCS);
    tcase_add_loop_test(tests, done_leaves_the_group_alone_once_the_wait_can_end, 0, RUN_PROCS);
    return run_tests("wait group", tests);
}
