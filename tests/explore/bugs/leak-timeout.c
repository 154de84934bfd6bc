/* When the time runs out, main goes home, and the server that was only late finds nobody to take its reply. The
 * server needs one step and main waits for 200 microseconds: nearly never in plain runs. */
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
    rt_case cases[] = {RT_RECV(replies, &reply)};
    rt_go(serve, NULL);
    rt_select(cases, 1, 200 * RT_US);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
