/* Signs payments in a pool of one worker for each proc: the costs of payments differ eightfold. */
#include "program.h"

struct job {
    uint64_t payment, signature;
};

static rt_chan *jobs;
static rt_wait_group workers;

static void work(void *arg)
{
    (void)arg;
    struct job *job;
    while (rt_chan_recv(jobs, &job) == RT_OK) {
        job->signature = chain(job->payment, 50000 * (int64_t)(1 + job->payment % 8));
    }
    rt_wait_group_done(&workers);
}

uint64_t program(int percent)
{
    static struct job all[700];
    int count = 7 * percent, procs = rt_procs(0);
    uint64_t stream = 1, check = 0;
    jobs = rt_chan_new(sizeof(struct job *), 0);
    rt_wait_group_add(&workers, procs);
    for (int i = 0; i < procs; i++) {
        rt_go(work, NULL);
    }
    for (int i = 0; i < count; i++) {
        struct job *job = &all[i];
        job->payment = draw(&stream);
        rt_chan_send(jobs, &job);
    }
    rt_chan_close(jobs);
    rt_wait_group_wait(&workers);
    rt_chan_free(jobs);
    for (int i = 0; i < count; i++) {
        check ^= all[i].signature;
    }
    return check;
}
