/* test_monitor.c - tests of runtime/monitor.c: a task that computes without end keeps nobody waiting. */
#include <check.h>
#include <stdatomic.h>
#include <time.h>

#include "rt.h"
#include "run.h"

static _Atomic(bool) came;

static void come(void *arg)
{
    (void)arg;
    atomic_store(&came, true);
}

/* No scheduling point, so another task runs on the same proc only if the monitor stops this one. */
static void compute_until_it_came(void)
{
    while (!atomic_load(&came))
        spin(100);
}

static void compute_while_another_waits(void *arg)
{
    (void)arg;
    start(come, NULL);
    compute_until_it_came();
}

START_TEST(hog_is_stopped_for_another_task)
{
    run_at(1, compute_while_another_waits, NULL);
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

int main(void)
{
    TCase *tests = tcase_create("monitor");

    tcase_add_test(tests, hog_is_stopped_for_another_task);
    tcase_add_test(tests, hog_that_comes_from_a_blocking_call_is_stopped);
    return run_tests("monitor", tests);
}
