/* Missed cancellation: a canceled worker leaves without sending anything, and main goes on waiting for as many results as
 * it started workers. Happens when the cancel finds a worker waiting for its input. */
/* expect: deadlock */
#include "rt.h"

static rt_chan *inputs, *results;

static void work(void *arg)
{
    int value;

    (void)arg;
    if (rt_chan_recv(inputs, &value) != RT_OK)
        return;
    rt_chan_send(results, &value);
}

static void main_task(void *arg)
{
    int value = 1;

    (void)arg;
    inputs = rt_chan_new(sizeof(int), 2);
    results = rt_chan_new(sizeof(int), 2);
    rt_group *group = rt_group_new(RT_FOREVER);
    rt_group_go(group, work, NULL);
    rt_group_go(group, work, NULL);
    rt_chan_send(inputs, &value);
    rt_yield();
    rt_group_cancel(group);
    rt_chan_send(inputs, &value);
    for (int i = 0; i < 2; i++)
        rt_chan_recv(results, &value);
    rt_group_wait(group);
    rt_group_free(group);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
