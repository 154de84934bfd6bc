/* Sixteen jobs, a task for each; the last one is as long as eight others, and starts when they are
 * nearly done. */
/* expect: imbalance */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define MS 600000          /* so many steps take about a millisecond */
#define ANSWER 3776682634U /* as it is without tasks */

static _Atomic(uint32_t) sum;
static rt_chan *jobs;
static rt_wait_group done;

static void check(uint32_t answer)
{
    if (answer != ANSWER)
        abort();
}

/* The loop's result goes into the answer, so that no compiler can leave it out. */
static uint32_t work(uint32_t x, int steps)
{
    for (int i = 0; i < steps; i++)
        x = (x ^ (x >> 15)) * UINT32_C(0x2c1b3c6d) + 1;
    return x;
}

static void use(void *arg)
{
    uint32_t job;

    (void)arg;
    while (rt_chan_recv(jobs, &job) == RT_OK)
        sum += work(job, job == 15 ? 50 * MS : 3 * MS);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    int workers = rt_procs(0);

    (void)arg;
    jobs = rt_chan_new(sizeof(uint32_t), 16);
    rt_wait_group_add(&done, workers);
    for (int i = 0; i < workers; i++)
        rt_go(use, NULL); /* here */
    for (uint32_t job = 0; job < 16; job++)
        rt_chan_send(jobs, &job); /* here */
    rt_chan_close(jobs);
    rt_wait_group_wait(&done);
    check(sum);
    rt_chan_free(jobs);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
