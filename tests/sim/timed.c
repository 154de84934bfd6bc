/* timed.c - see timed.h. */
#include "timed.h"

#include <check.h>

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

int64_t time_on(int procs, void (*fn)(void))
{
    struct timed timed = {.fn = fn};
    rt_procs(procs);
    ck_assert_int_eq(rt_run(timed_main, &timed), RT_OK);
    return timed.took_ns;
}

double speedup_on(int procs, void (*fn)(void))
{
    return (double)time_on(1, fn) / (double)time_on(procs, fn);
}

volatile unsigned sink;

void compute(int steps)
{
    unsigned sum = 1;
    for (int i = 0; i < steps; i++)
        if (sum % 3 != 0)
            sum = sum * 5 + 1;
        else
            sum /= 3;
    sink = sum;
}

rt_wait_group done;

void run_all(int count, void (*fn)(void *))
{
    rt_wait_group_add(&done, count);
    for (int i = 0; i < count; i++)
        ck_assert_int_eq(rt_go(fn, NULL), RT_OK);
    rt_wait_group_wait(&done);
}

void job(void *arg)
{
    (void)arg;
    compute(STEP);
    rt_wait_group_done(&done);
}

void sixty_four_jobs(void)
{
    run_all(64, job);
}

static rt_mutex lock;

static void locked_job(void *arg)
{
    (void)arg;
    rt_mutex_lock(&lock);
    compute(STEP);
    rt_mutex_unlock(&lock);
    rt_wait_group_done(&done);
}

void jobs_under_one_lock(void)
{
    run_all(32, locked_job);
}
