/* Wrong: nobody closes the sessions. All signatures are right, and the key lies about, once for each worker. */
#include <stdatomic.h>

#include "signer.h"

struct batch {
    const struct payment *payments;
    struct signature *signatures;
    int count;
    _Atomic(int)
        next; /* the first payment that nobody has taken. Relaxed: each gets another number */
    rt_wait_group workers;
};

static void work(void *arg)
{
    struct batch *batch = arg;
    struct session *session = session_open();
    int i;

    while ((i = atomic_fetch_add_explicit(&batch->next, 1, memory_order_relaxed)) < batch->count)
        session_sign(session, &batch->payments[i], &batch->signatures[i]);
    rt_wait_group_done(&batch->workers);
}

void sign_all(const struct payment *payments, struct signature *signatures, int count, int workers)
{
    struct batch batch = {.payments = payments, .signatures = signatures, .count = count};

    rt_wait_group_add(&batch.workers, workers);
    for (int i = 0; i < workers; i++)
        rt_go(work, &batch);
    rt_wait_group_wait(&batch.workers);
}
