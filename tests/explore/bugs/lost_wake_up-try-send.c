/* The wake-up is a try_send on an unbuffered channel. It finds a receiver only if that one waits already; otherwise
 * it is dropped without a word. */
/* expect: lost_wake_up */
#include "rt.h"

static rt_chan *wake;

static void finish(void *arg)
{
    (void)arg;
    rt_chan_try_send(wake, NULL);
}

static void main_task(void *arg)
{
    (void)arg;
    wake = rt_chan_new(0, 0);
    rt_go(finish, NULL);
    rt_chan_recv(wake, NULL);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
