/* Three servers are asked and the first reply is enough. The channel has room for all of them, so nobody is left
 * behind. The replies are equal. */
/* expect: none */
#include <stdio.h>

#include "rt.h"

static rt_chan *replies;

static void serve(void *arg)
{
    int reply = 4;

    (void)arg;
    rt_chan_send(replies, &reply);
}

static void main_task(void *arg)
{
    int reply;

    (void)arg;
    replies = rt_chan_new(sizeof(int), 3);
    for (int i = 0; i < 3; i++)
        rt_go(serve, NULL);
    rt_chan_recv(replies, &reply);
    printf("%d\n", reply);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
