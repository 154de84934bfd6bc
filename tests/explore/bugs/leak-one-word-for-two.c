/* Two watchers wait for work or for the word to quit. Main says it once, where it should close the channel: one of them
 * never hears it. In every schedule. */
/* expect: leak */
#include "rt.h"

static rt_chan *work, *quit;

static void watch(void *arg)
{
    (void)arg;
    for (;;) {
        rt_case cases[] = {RT_RECV(work, NULL), RT_RECV(quit, NULL)};
        if (rt_select(cases, 2, RT_FOREVER) == 1)
            return;
    }
}

static void main_task(void *arg)
{
    (void)arg;
    work = rt_chan_new(0, 0);
    quit = rt_chan_new(0, 0);
    rt_go(watch, NULL);
    rt_go(watch, NULL);
    rt_chan_send(work, NULL);
    rt_chan_send(quit, NULL);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
