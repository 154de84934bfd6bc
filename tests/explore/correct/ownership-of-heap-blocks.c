/* Blocks from malloc go to a consumer, who frees them; malloc hands the same addresses out again to other tasks. What the
 * earlier owners did there is no race. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static rt_chan *blocks;
static rt_wait_group producers;

static void produce(void *arg)
{
    (void)arg;
    for (int i = 0; i < 3; i++) {
        int *block = malloc(sizeof *block);
        if (block == NULL)
            abort();
        *block = 1;
        rt_chan_send(blocks, &block);
    }
    rt_wait_group_done(&producers);
}

static void close_after_all(void *arg)
{
    (void)arg;
    rt_wait_group_wait(&producers);
    rt_chan_close(blocks);
}

static void main_task(void *arg)
{
    int sum = 0;
    int *block;

    (void)arg;
    blocks = rt_chan_new(sizeof(int *), 0);
    rt_wait_group_add(&producers, 3);
    for (int i = 0; i < 3; i++)
        rt_go(produce, NULL);
    rt_go(close_after_all, NULL);
    while (rt_chan_recv(blocks, &block) == RT_OK) {
        sum += *block;
        free(block);
    }
    if (sum != 9)
        abort();
    rt_chan_free(blocks);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
