/* Merges two streams with a select, and takes each out of it, by a NULL channel, when it is closed. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static rt_chan *streams[2];

static void produce(void *arg)
{
    rt_chan *stream = arg;

    for (int i = 1; i <= 2; i++)
        rt_chan_send(stream, &i);
    rt_chan_close(stream);
}

static void main_task(void *arg)
{
    int value, sum = 0, open = 2;

    (void)arg;
    rt_case cases[2];
    for (int i = 0; i < 2; i++) {
        streams[i] = rt_chan_new(sizeof(int), 0);
        cases[i] = RT_RECV(streams[i], &value);
        rt_go(produce, streams[i]);
    }
    while (open > 0) {
        int chosen = rt_select(cases, 2, RT_FOREVER);
        if (cases[chosen].status == RT_ECLOSED) {
            cases[chosen].chan = NULL;
            open--;
        } else {
            sum += value;
        }
    }
    if (sum != 6)
        abort();
    rt_chan_free(streams[0]);
    rt_chan_free(streams[1]);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
