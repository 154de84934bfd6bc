/* Four workers with a channel each; a key says which worker a job goes to, and three keys of four are
 * the same. */
/* expect: imbalance */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define WORKERS 4
#define JOBS 48
#define MS 600000        /* so many steps take about a millisecond */
#define ANSWER 11431243U /* as it is without tasks */

static _Atomic(uint32_t) sum;
static rt_chan *queues[WORKERS];
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

    while (rt_chan_recv(arg, &job) == RT_OK)
        sum += work(job, 2 * MS);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, WORKERS);
    for (int i = 0; i < WORKERS; i++) {
        queues[i] = rt_chan_new(sizeof(uint32_t), JOBS);
        rt_go(use, queues[i]); /* here */
    }
    for (uint32_t job = 0; job < JOBS; job++) {
        uint32_t key = job % 4 == 3 ? job / 4 % 3 + 1 : 0;
        rt_chan_send(queues[key], &job); /* here */
    }
    for (int i = 0; i < WORKERS; i++)
        rt_chan_close(queues[i]);
    rt_wait_group_wait(&done);
    check(sum);
    for (int i = 0; i < WORKERS; i++)
        rt_chan_free(queues[i]);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
