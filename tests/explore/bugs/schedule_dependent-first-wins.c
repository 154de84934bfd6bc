/* Two servers are asked and the first reply counts, but their replies differ. */
/* expect: schedule_dependent */
#include <stdint.h>
#include <stdio.h>

#include "rt.h"

static rt_chan *replies[2];

static void serve(void *arg)
{
    intptr_t server = (intptr_t)arg;
    int reply = 100 + (int)server;

    rt_chan_send(replies[server], &reply);
}

static void main_task(void *arg)
{
    int reply;

    (void)arg;
    for (intptr_t i = 0; i < 2; i++) {
        replies[i] = rt_chan_new(sizeof(int), 1);
        rt_go(serve, (void *)i);
    }
    rt_case cases[] = {RT_RECV(replies[0], &reply), RT_RECV(replies[1], &reply)};
    rt_select(cases, 2, RT_FOREVER);
    printf("%d\n", reply);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
