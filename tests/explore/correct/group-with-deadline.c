/* A group that is canceled by its deadline: the task that sleeps for ever wakes, and the one that computes asks
 * rt_canceled(). */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static rt_chan *never;

static void wait_for_ever(void *arg)
{
    (void)arg;
    if (rt_chan_recv(never, NULL) != RT_ECANCELED)
        abort();
}

static void compute(void *arg)
{
    (void)arg;
    while (!rt_canceled())
        rt_yield();
}

static void main_task(void *arg)
{
    (void)arg;
    never = rt_chan_new(0, 0);
    rt_group *group = rt_group_new(100 * RT_US);
    rt_group_go(group, wait_for_ever, NULL);
    rt_group_go(group, compute, NULL);
    if (rt_group_wait(group) != RT_ETIMEDOUT)
        abort();
    rt_group_free(group);
    rt_chan_free(never);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
