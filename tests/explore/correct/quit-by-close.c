/* Three watchers, one close: everybody hears it. */
/* expect: none */
#include "rt.h"

static rt_chan *work, *quit;
static rt_wait_group done;

static void watch(void *arg)
{
    (void)arg;
    for (;;) {
        rt_case cases[] = {RT_RECV(work, NULL), RT_RECV(quit, NULL)};
        if (rt_select(cases, 2, RT_FOREVER) == 1)
            break;
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    work = rt_chan_new(0, 0);
    quit = rt_chan_new(0, 0);
    rt_wait_group_add(&done, 3);
    for (int i = 0; i < 3; i++)
        rt_go(watch, NULL);
    rt_chan_send(work, NULL);
    rt_chan_send(work, NULL);
    rt_chan_close(quit);
    rt_wait_group_wait(&done);
    rt_chan_free(work);
    rt_chan_free(quit);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
