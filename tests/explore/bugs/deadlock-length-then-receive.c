/* "There is one left, so the receive will not block": the other consumer saw the same one. */
/* expect: deadlock */
#include "rt.h"

static rt_chan *items;
static rt_wait_group done;

static void consume(void *arg)
{
    (void)arg;
    while (rt_chan_len(items) > 0)
        rt_chan_recv(items, NULL);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    items = rt_chan_new(0, 3);
    for (int i = 0; i < 3; i++)
        rt_chan_send(items, NULL);
    rt_wait_group_add(&done, 2);
    rt_go(consume, NULL);
    rt_go(consume, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
