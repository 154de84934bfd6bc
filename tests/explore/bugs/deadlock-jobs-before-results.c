/* Main sends all four jobs before it receives a result. There is room for three: one waits in the channel of jobs, one is
 * in the worker's hands, one lies in the channel of results. In every schedule. */
/* expect: deadlock */
#include "rt.h"

static rt_chan *jobs, *results;

static void work(void *arg)
{
    int job;

    (void)arg;
    while (rt_chan_recv(jobs, &job) == RT_OK)
        rt_chan_send(results, &job);
}

static void main_task(void *arg)
{
    int result;

    (void)arg;
    jobs = rt_chan_new(sizeof(int), 1);
    results = rt_chan_new(sizeof(int), 1);
    rt_go(work, NULL);
    for (int i = 0; i < 4; i++)
        rt_chan_send(jobs, &i);
    rt_chan_close(jobs);
    for (int i = 0; i < 4; i++)
        rt_chan_recv(results, &result);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
