/* Main has all results and frees the channels. But the worker that sent the last one has yet to hear that there are
 * no more jobs: it asks a channel that is gone. Who frees must know that nobody asks any more: rt_wait_group_wait. */
/* expect: misuse */
#include "rt.h"

#define JOBS 4

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
    (void)arg;
    jobs = rt_chan_new(sizeof(int), JOBS);
    results = rt_chan_new(sizeof(int), JOBS);
    for (int i = 0; i < 2; i++)
        rt_go(work, NULL);
    for (int job = 0; job < JOBS; job++)
        rt_chan_send(jobs, &job);
    rt_chan_close(jobs);
    for (int i = 0; i < JOBS; i++) {
        int result;
        rt_chan_recv(results, &result);
    }
    rt_chan_free(jobs);
    rt_chan_free(results);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
