/* Jobs may start further jobs in the same pool and wait for them. When both workers are at such a job, nobody is left for
 * what they wait for. Goes well when the second job comes late. */
/* expect: deadlock */
#include "rt.h"

struct job {
    bool has_child;
    rt_chan *finished;
};
static rt_chan *jobs;

static void work(void *arg)
{
    struct job job;

    (void)arg;
    while (rt_chan_recv(jobs, &job) == RT_OK) {
        if (job.has_child) {
            struct job child = {.finished = rt_chan_new(0, 1)};
            rt_chan_send(jobs, &child);
            rt_chan_recv(child.finished, NULL);
            rt_chan_free(child.finished);
        }
        rt_chan_send(job.finished, NULL);
    }
}

static void main_task(void *arg)
{
    (void)arg;
    struct job job = {.has_child = true, .finished = rt_chan_new(0, 2)};
    jobs = rt_chan_new(sizeof(struct job), 4);
    rt_go(work, NULL);
    rt_go(work, NULL);
    rt_chan_send(jobs, &job);
    rt_yield();
    rt_chan_send(jobs, &job);
    rt_chan_recv(job.finished, NULL);
    rt_chan_recv(job.finished, NULL);
    rt_chan_close(jobs);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
