/* Main gets a result for each job and is content. It never closes the jobs, for which two workers wait on. */
/* expect: leak */
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
    jobs = rt_chan_new(sizeof(int), 3);
    results = rt_chan_new(sizeof(int), 3);
    rt_go(work, NULL);
    rt_go(work, NULL);
    for (int i = 0; i < 3; i++)
        rt_chan_send(jobs, &i);
    for (int i = 0; i < 3; i++)
        rt_chan_recv(results, &result);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
