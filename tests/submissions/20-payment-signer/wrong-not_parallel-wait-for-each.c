/* Wrong: a task and a session at a time. The session is kept, and the tasks are bounded; but the next one starts
 * when the last has ended. */
#include "signer.h"

struct job {
    struct session *session;
    const struct payment *payment;
    struct signature *signature;
    rt_wait_group done;
};

static void sign_one(void *arg)
{
    struct job *job = arg;

    session_sign(job->session, job->payment, job->signature);
    rt_wait_group_done(&job->done);
}

void sign_all(const struct payment *payments, struct signature *signatures, int count, int workers)
{
    struct job job = {.session = session_open()};

    (void)workers;
    for (int i = 0; i < count; i++) {
        job.payment = &payments[i];
        job.signature = &signatures[i];
        rt_wait_group_add(&job.done, 1);
        rt_go(sign_one, &job);
        rt_wait_group_wait(&job.done);
    }
    session_close(job.session);
}
