/* Double buffering: full buffers go one way, empty ones come back. Each buffer is plain memory and belongs to whoever has
 * received it. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static int buffers[2];
static rt_chan *full, *empty;

static void produce(void *arg)
{
    int *buffer;

    (void)arg;
    for (int i = 1; i <= 5; i++) {
        rt_chan_recv(empty, &buffer);
        *buffer = i;
        rt_chan_send(full, &buffer);
    }
    rt_chan_close(full);
}

static void main_task(void *arg)
{
    int sum = 0;
    int *buffer;

    (void)arg;
    full = rt_chan_new(sizeof(int *), 2);
    empty = rt_chan_new(sizeof(int *), 2);
    for (int i = 0; i < 2; i++) {
        buffer = &buffers[i];
        rt_chan_send(empty, &buffer);
    }
    rt_go(produce, NULL);
    while (rt_chan_recv(full, &buffer) == RT_OK) {
        sum += *buffer;
        *buffer = 0;
        rt_chan_send(empty, &buffer);
    }
    if (sum != 15)
        abort();
    rt_chan_free(full);
    rt_chan_free(empty);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
