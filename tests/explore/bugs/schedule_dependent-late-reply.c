/* A reply that comes within 200 microseconds is printed; when it is late, the default is. The reply needs one step,
 * so in plain runs it is nearly never late. */
/* expect: schedule_dependent */
#include <stdio.h>

#include "rt.h"

static rt_chan *replies;

static void serve(void *arg)
{
    int reply = 8;

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
    if (rt_select(cases, 1, 200 * RT_US) == RT_ETIMEDOUT)
        reply = -1;
    printf("%d\n", reply);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
