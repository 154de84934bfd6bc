/* Three servers are asked, the first reply is enough. The other two are blocked for ever in a send that nobody
 * receives. In every schedule. */
/* expect: leak */
#include "rt.h"

static rt_chan *replies;

static void serve(void *arg)
{
    int reply = 1;

    (void)arg;
    rt_chan_send(replies, &reply);
}

static void main_task(void *arg)
{
    int reply;

    (void)arg;
    replies = rt_chan_new(sizeof(int), 0);
    for (int i = 0; i < 3; i++)
        rt_go(serve, NULL);
    rt_chan_recv(replies, &reply);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
