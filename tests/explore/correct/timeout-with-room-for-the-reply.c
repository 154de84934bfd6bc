/* The request may time out. The reply has room in the channel, so a late server never blocks; the value is copied by the
 * channel, so no memory is shared. Main prints nothing that depends on who was faster. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static rt_chan *replies;

static void serve(void *arg)
{
    int reply = 3;

    (void)arg;
    rt_chan_send(replies, &reply);
}

static void main_task(void *arg)
{
    int reply = 0;

    (void)arg;
    replies = rt_chan_new(sizeof(int), 1);
    rt_case cases[] = {RT_RECV(replies, &reply)};
    rt_go(serve, NULL);
    int status = rt_select(cases, 1, 50 * RT_US);
    if (status == 0 ? reply != 3 : status != RT_ETIMEDOUT)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
