/* Wrong: the worker does not look at what rt_chan_recv returns. When the channel is closed it gets
 * zeros, takes them for a job, and follows a null pointer. */
#include <stdlib.h>

#include "pool.h"

struct job {
    uint64_t payment;
    uint64_t *signature;
};

static void work(void *arg)
{
    rt_chan *jobs = arg; /* of struct job * */

    for (;;) {
        struct job *job;
        rt_chan_recv(jobs, &job);
        *job->signature = sign(job->payment);
        free(job);
    }
}

void sign_all(const uint64_t *payments, uint64_t *signatures, int count, int workers)
{
    rt_chan *jobs = rt_chan_new(sizeof(struct job *), 0);

    for (int i = 0; i < workers; i++)
        rt_go(work, jobs);
    for (int i = 0; i < count; i++) {
        struct job *job = malloc(sizeof *job);
        *job = (struct job){payments[i], &signatures[i]};
        rt_chan_send(jobs, &job);
    }
    rt_chan_close(jobs);
    while (rt_num_tasks() > 1)
        rt_yield();
}
