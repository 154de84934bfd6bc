/* run.c - see run.h. */
#include "run.h"

#include <errno.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "perturb.h"

const int run_procs[RUN_PROCS] = {1, 2, 4};
const char *const run_procs_environment[RUN_PROCS] = {"RT_PROCS=1", "RT_PROCS=2", "RT_PROCS=4"};

void run_at(int procs, void (*main_fn)(void *arg), void *arg)
{
    rt_procs(procs);
    ck_assert_int_eq(rt_run(main_fn, arg), RT_OK);
}

void start_at(void (*fn)(void *arg), void *arg, rt_site here)
{
    int error = rt_go_at(fn, arg, here);

    if (error != RT_OK) {
        fprintf(stderr, "%s: the test can't start its task: %s\n", here, rt_strerror(error));
        abort();
    }
}

void yield_often(int times)
{
    for (int i = 0; i < times; i++)
        rt_yield();
}

void yield_until(_Atomic(int) *counter, int least)
{
    while (atomic_load(counter) < least)
        rt_yield();
}

void yield_until_tasks(int64_t tasks)
{
    while (rt_num_tasks() > tasks)
        rt_yield();
}

void let_others_block(void)
{
    int procs = rt_procs(1);

    yield_often(100);
    rt_procs(procs);
}

void spin_until(_Atomic(int) *counter, int least)
{
    while (atomic_load(counter) < least)
        sched_yield();
}

void spin(int steps)
{
    for (int i = 0; i < steps; i++)
        __asm__ volatile("" ::: "memory");
}

/* A perturbed build (perturb.h) draws from a fresh seed, unless it is given one. */
static void seed_choose(void)
{
    char seed[32];

    snprintf(seed, sizeof seed, "%lld", (long long)(rt_now() % 1000000007));
    setenv("RT_PERTURB_SEED", seed, 0);
}

static void seed_print(void)
{
    printf("To run it with the same seed:\n    RT_PERTURB_SEED=%s %s\n", getenv("RT_PERTURB_SEED"),
           program_invocation_name);
}

int run_tests(const char *name, TCase *tests)
{
    Suite *suite = suite_create(name);
    SRunner *runner = srunner_create(suite);
    int failed;

    if (RT__PERTURBED)
        seed_choose();
    tcase_set_timeout(tests, RT__PERTURBED ? RUN_PERTURBED_TIMEOUT_S : RUN_TIMEOUT_S);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    if (RT__PERTURBED && failed > 0)
        seed_print();
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
