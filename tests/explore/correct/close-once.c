/* Whoever ends first closes the channel, through rt_once: four may try. */
/* expect: none */
#include "rt.h"

static rt_chan *quit;
static rt_once closed;
static rt_wait_group done;

static void close_quit(void *arg)
{
    (void)arg;
    rt_chan_close(quit);
}

static void end(void *arg)
{
    (void)arg;
    rt_once_do(&closed, close_quit, NULL);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    quit = rt_chan_new(0, 0);
    rt_wait_group_add(&done, 4);
    for (int i = 0; i < 4; i++)
        rt_go(end, NULL);
    rt_chan_recv(quit, NULL);
    rt_wait_group_wait(&done);
    rt_chan_free(quit);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
