/* Wrong: the workers share one session, under a lock, which saves opening the others. So one of them signs at a
 * time. */
#include <stdatomic.h>

#include "signer.h"

struct batch {
    const struct payment *payments;
    struct signature *signatures;
    int count;
    _Atomic(int)
        next; /* the first payment that nobody has taken. Relaxed: each gets another number */
    struct session *session;
    rt_mutex lock; /* whoever signs holds it */
    rt_wait_group workers;
};

static void work(void *arg)
{
    struct batch *batch = arg;
    int i;

    while ((i = atomic_fetch_add_explicit(&batch->next, 1, memory_order_relaxed)) < batch->count) {
        rt_mutex_lock(&batch->lock);
        session_sign(batch->session, &batch->payments[i], &batch->signatures[i]);
        rt_mutex_unlock(&batch->lock);
    }
    rt_wait_group_done(&batch->workers);
}

void sign_all(const struct payment *payments, struct signature *signatures, int count, int workers)
{
    struct batch batch = {.payments = payments, .signatures = signatures, .count = count};

    batch.session = session_open();
    rt_wait_group_add(&batch.workers, workers);
    for (int i = 0; i < workers; i++)
        rt_go(work, &batch);
    rt_wait_group_wait(&batch.workers);
    session_close(batch.session);
}
