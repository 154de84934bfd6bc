/* Wrong: waits until all signatures are there, but nobody closes the channel: the workers wait for another payment
 * when this returns, each with a session that is open. */
#include "signer.h"

struct batch {
    const struct payment *payments;
    struct signature *signatures;
    rt_chan *jobs; /* of indices */
    rt_wait_group signed_ones;
};

static void work(void *arg)
{
    struct batch *batch = arg;
    struct session *session = session_open();
    int i;

    while (rt_chan_recv(batch->jobs, &i) == RT_OK) {
        session_sign(session, &batch->payments[i], &batch->signatures[i]);
        rt_wait_group_done(&batch->signed_ones);
    }
    session_close(session);
}

void sign_all(const struct payment *payments, struct signature *signatures, int count, int workers)
{
    struct batch batch = {payments, signatures, rt_chan_new(sizeof(int), 0), {0}};

    rt_wait_group_add(&batch.signed_ones, count);
    for (int i = 0; i < workers; i++)
        rt_go(work, &batch);
    for (int i = 0; i < count; i++)
        rt_chan_send(batch.jobs, &i);
    rt_wait_group_wait(&batch.signed_ones);
}
