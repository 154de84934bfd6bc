/* A pool of eight workers that ask for jobs with rt_chan_try_recv, all the time, while one task makes
 * the jobs - and that takes longer than doing them. Waiting in rt_chan_recv would cost nothing. */
/* expect: spinning */
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define WORKERS 8
#define JOBS 80
#define ANSWER 3125753164U /* as it is without tasks */

static rt_chan *jobs;
static _Atomic(uint32_t) sum;
static rt_wait_group done;

static uint32_t mix(uint32_t x, int steps)
{
    for (int i = 0; i < steps; i++)
        x = (x ^ (x >> 15)) * UINT32_C(0x2c1b3c6d) + 1;
    return x;
}

static void work(void *arg)
{
    uint32_t job;
    int status;

    (void)arg;
    while ((status = rt_chan_try_recv(jobs, &job)) != RT_ECLOSED) { /* here */
        if (status == RT_OK)
            sum += mix(job, 20000);
        else
            rt_yield(); /* here */
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    jobs = rt_chan_new(sizeof(uint32_t), 4);
    rt_wait_group_add(&done, WORKERS);
    for (int i = 0; i < WORKERS; i++)
        rt_go(work, NULL);
    for (uint32_t i = 0; i < JOBS; i++) {
        uint32_t job = mix(i, 400000);
        rt_chan_send(jobs, &job);
    }
    rt_chan_close(jobs);
    rt_wait_group_wait(&done);
    if (sum != ANSWER)
        abort();
    rt_chan_free(jobs);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
