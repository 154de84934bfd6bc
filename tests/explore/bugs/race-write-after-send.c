/* The producer passes a buffer on by its pointer, and then fills the same buffer again: it is the consumer's now, who
 * is still reading it. */
/* expect: race */
#include <stdlib.h>

#include "rt.h"

static int buffer[3];
static rt_chan *buffers;

static void produce(void *arg)
{
    (void)arg;
    for (int round = 1; round <= 2; round++) {
        int *full = buffer;
        for (int i = 0; i < 3; i++)
            buffer[i] = round;
        rt_chan_send(buffers, &full);
    }
    rt_chan_close(buffers);
}

static void main_task(void *arg)
{
    int *full;

    (void)arg;
    buffers = rt_chan_new(sizeof(int *), 1);
    rt_go(produce, NULL);
    while (rt_chan_recv(buffers, &full) == RT_OK)
        if (full[0] + full[1] + full[2] > 6)
            abort();
    rt_chan_free(buffers);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
