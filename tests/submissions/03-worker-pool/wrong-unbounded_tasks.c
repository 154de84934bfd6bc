/* Wrong: one task for each payment. It is right and parallel, and a batch of a million payments
 * would be a million tasks at once, on two CPUs. */
#include <stdlib.h>

#include "pool.h"

struct job {
    uint64_t payment;
    uint64_t *signature;
    rt_wait_group *jobs;
};

static void work(void *arg)
{
    struct job *job = arg;

    *job->signature = sign(job->payment);
    rt_wait_group_done(job->jobs);
}

void sign_all(const uint64_t *payments, uint64_t *signatures, int count, int workers)
{
    struct job *all = calloc((size_t)count, sizeof *all);
    rt_wait_group jobs = {0};

    (void)workers;
    rt_wait_group_add(&jobs, count);
    for (int i = 0; i < count; i++) {
        all[i] = (struct job){payments[i], &signatures[i], &jobs};
        rt_go(work, &all[i]);
    }
    rt_wait_group_wait(&jobs);
    free(all);
}
