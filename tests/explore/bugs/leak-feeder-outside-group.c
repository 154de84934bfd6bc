/* Missed cancellation: the worker belongs to the group and hears the cancel; the feeder that main started with rt_go
 * does not belong to it, and waits with its next number for ever. */
/* expect: leak */
#include "rt.h"

static rt_chan *numbers;

static void feed(void *arg)
{
    (void)arg;
    for (int i = 0; i < 5; i++)
        rt_chan_send(numbers, &i);
    rt_chan_close(numbers);
}

static void work(void *arg)
{
    int number;

    (void)arg;
    while (!rt_canceled() && rt_chan_recv(numbers, &number) == RT_OK)
        rt_yield();
}

static void main_task(void *arg)
{
    (void)arg;
    numbers = rt_chan_new(sizeof(int), 0);
    rt_group *group = rt_group_new(RT_FOREVER);
    rt_go(feed, NULL);
    rt_group_go(group, work, NULL);
    rt_yield();
    rt_group_cancel(group);
    rt_group_wait(group);
    rt_group_free(group);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
