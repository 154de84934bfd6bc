/* One of three tasks fails and cancels the group of which it is a part; the others stop waiting, and give back what they
 * hold. */
/* expect: none */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static rt_group *group;
static rt_semaphore permits = {.permits = 1};
static rt_chan *never;
static _Atomic(int) holders;

static void hold(void *arg)
{
    (void)arg;
    if (rt_semaphore_acquire(&permits) != RT_OK)
        return;
    atomic_fetch_add(&holders, 1);
    rt_chan_recv(never, NULL);
    atomic_fetch_sub(&holders, 1);
    rt_semaphore_release(&permits);
}

static void fail(void *arg)
{
    (void)arg;
    rt_group_cancel(group);
}

static void main_task(void *arg)
{
    (void)arg;
    never = rt_chan_new(0, 0);
    group = rt_group_new(RT_FOREVER);
    if (rt_group_go(group, hold, NULL) != RT_OK || rt_group_go(group, hold, NULL) != RT_OK ||
        rt_group_go(group, fail, NULL) != RT_OK)
        abort();
    rt_group_wait(group);
    if (atomic_load(&holders) != 0 || !rt_semaphore_try_acquire(&permits))
        abort();
    rt_group_free(group);
    rt_chan_free(never);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
