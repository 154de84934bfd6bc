/* Wrong: only `workers` tasks sign at a time, thanks to a semaphore - but a task for each payment is there, and waits
 * for it. The bound has to stand before the rt_go, not behind it. */
#include <stdlib.h>

#include "signer.h"

struct bank {
    rt_semaphore seats;
    rt_wait_group done;
};

struct job {
    struct bank *bank;
    const struct payment *payment;
    struct signature *signature;
};

static void sign_one(void *arg)
{
    struct job *job = arg;

    rt_semaphore_acquire(&job->bank->seats);
    struct session *session = session_open();
    session_sign(session, job->payment, job->signature);
    session_close(session);
    rt_semaphore_release(&job->bank->seats);
    rt_wait_group_done(&job->bank->done);
}

void sign_all(const struct payment *payments, struct signature *signatures, int count, int workers)
{
    struct bank bank = {.seats = {.permits = workers}};
    struct job *jobs = calloc((size_t)count, sizeof *jobs);

    rt_wait_group_add(&bank.done, count);
    for (int i = 0; i < count; i++) {
        jobs[i] = (struct job){&bank, &payments[i], &signatures[i]};
        rt_go(sign_one, &jobs[i]);
    }
    rt_wait_group_wait(&bank.done);
    free(jobs);
}
