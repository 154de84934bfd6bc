/* Wrong: a task for each payment, each with a session of its own. It is right, and takes three times as long. */
#include <stdlib.h>

#include "signer.h"

struct job {
    const struct payment *payment;
    struct signature *signature;
    rt_wait_group *done;
};

static void sign_one(void *arg)
{
    struct job *job = arg;
    struct session *session = session_open();

    session_sign(session, job->payment, job->signature);
    session_close(session);
    rt_wait_group_done(job->done);
}

void sign_all(const struct payment *payments, struct signature *signatures, int count, int workers)
{
    struct job *jobs = calloc((size_t)count, sizeof *jobs);
    rt_wait_group done = {0};

    (void)workers;
    rt_wait_group_add(&done, count);
    for (int i = 0; i < count; i++) {
        jobs[i] = (struct job){&payments[i], &signatures[i], &done};
        rt_go(sign_one, &jobs[i]);
    }
    rt_wait_group_wait(&done);
    free(jobs);
}
