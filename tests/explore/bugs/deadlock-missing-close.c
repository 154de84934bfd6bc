/* The consumers receive until the channel is closed, and main waits for them before it closes it. In every
 * schedule. */
/* expect: deadlock */
#include "rt.h"

static rt_chan *jobs;
static rt_wait_group done;

static void consume(void *arg)
{
    int job;

    (void)arg;
    while (rt_chan_recv(jobs, &job) == RT_OK)
        continue;
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    jobs = rt_chan_new(sizeof(int), 2);
    rt_wait_group_add(&done, 2);
    rt_go(consume, NULL);
    rt_go(consume, NULL);
    for (int i = 0; i < 4; i++)
        rt_chan_send(jobs, &i);
    rt_wait_group_wait(&done);
    rt_chan_close(jobs);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
