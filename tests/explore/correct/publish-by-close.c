/* Closing a channel publishes what was written before, to all who see that it is closed. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static int answer;
static rt_chan *ready;
static rt_wait_group done;

static void read_answer(void *arg)
{
    (void)arg;
    rt_chan_recv(ready, NULL);
    if (answer != 42)
        abort();
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    ready = rt_chan_new(0, 0);
    rt_wait_group_add(&done, 3);
    for (int i = 0; i < 3; i++)
        rt_go(read_answer, NULL);
    answer = 42;
    rt_chan_close(ready);
    rt_wait_group_wait(&done);
    rt_chan_free(ready);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
