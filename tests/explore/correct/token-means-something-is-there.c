/* A token that finds the channel full is dropped, and nothing is lost: the consumer takes all items that are there for
 * each token, and looks again after the last one. */
/* expect: none */
#include <stdatomic.h>

#include "rt.h"

static rt_chan *tokens;
static _Atomic(int) items;
static rt_wait_group done;

static void consume(void *arg)
{
    int left = 3;

    (void)arg;
    while (left > 0) {
        rt_chan_recv(tokens, NULL);
        left -= atomic_exchange(&items, 0);
    }
    rt_wait_group_done(&done);
}

static void produce(void *arg)
{
    (void)arg;
    for (int i = 0; i < 3; i++) {
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
    rt_chan_free(tokens);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
