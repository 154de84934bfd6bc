/* The pool of lesson 03: a channel of payments, and a session in each worker's hands. */
#include "signer.h"

struct batch {
    const struct payment *payments;
    struct signature *signatures;
    rt_chan *jobs; /* of indices */
    rt_wait_group workers;
};

static void work(void *arg)
{
    struct batch *batch = arg;
    struct session *session = session_open();
    int i;

    while (rt_chan_recv(batch->jobs, &i) == RT_OK)
        session_sign(session, &batch->payments[i], &batch->signatures[i]);
    session_close(session);
    rt_wait_group_done(&batch->workers);
}

void sign_all(const struct payment *payments, struct signature *signatures, int count, int workers)
{
    struct batch batch = {payments, signatures, rt_chan_new(sizeof(int), 0), {0}};

    rt_wait_group_add(&batch.workers, workers);
    for (int i = 0; i < workers; i++)
        rt_go(work, &batch);
    for (int i = 0; i < count; i++)
        rt_chan_send(batch.jobs, &i);
    rt_chan_close(batch.jobs);
    rt_wait_group_wait(&batch.workers);
    rt_chan_free(batch.jobs);
}
