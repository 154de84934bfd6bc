/* One plain buffer, no lock. Who holds the token in the ring of three may write it. */
/* expect: none */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define RING 3
static int buffer;
static rt_chan *tokens[RING];
static rt_wait_group done;

static void work(void *arg)
{
    intptr_t i = (intptr_t)arg;

    for (int round = 0; round < 2; round++) {
        rt_chan_recv(tokens[i], NULL);
        buffer++;
        rt_chan_send(tokens[(i + 1) % RING], NULL);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    for (int i = 0; i < RING; i++)
        tokens[i] = rt_chan_new(0, 1);
    rt_wait_group_add(&done, RING);
    for (intptr_t i = 0; i < RING; i++)
        rt_go(work, (void *)i);
    rt_chan_send(tokens[0], NULL);
    rt_wait_group_wait(&done);
    if (buffer != 2 * RING)
        abort();
    for (int i = 0; i < RING; i++)
        rt_chan_free(tokens[i]);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
