/* A channel with room for one token wakes the consumer, and a token that finds the channel full is dropped: so far
 * right, a token means "there is something". But the consumer takes one item for each token. When two items come
 * quickly, there is one token for both, and one item stays. */
/* expect: lost_wake_up */
#include <stdatomic.h>

#include "rt.h"

static rt_chan *tokens;
static _Atomic(int) items;
static rt_wait_group done;

static void consume(void *arg)
{
    (void)arg;
    for (int i = 0; i < 2; i++) {
        rt_chan_recv(tokens, NULL);
        atomic_fetch_sub(&items, 1);
    }
    rt_wait_group_done(&done);
}

static void produce(void *arg)
{
    (void)arg;
    for (int i = 0; i < 2; i++) {
        atomic_fetch_add(&items, 1);
        rt_chan_try_send(tokens, NULL);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    tokens = rt_chan_new(0, 1);
    rt_wait_group_add(&done, 2);
    rt_go(consume, NULL);
    rt_go(produce, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
