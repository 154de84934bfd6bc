/* "The last producer closes": each counts itself in when it starts and out when it ends. If one has ended before the
 * next has started, it takes itself for the last one. The count belongs before the rt_go. */
/* expect: misuse */
#include <stdatomic.h>

#include "rt.h"

static rt_chan *values;
static _Atomic(int) active;
static rt_wait_group done;

static void produce(void *arg)
{
    int value = 1;

    (void)arg;
    atomic_fetch_add(&active, 1);
    rt_chan_send(values, &value);
    if (atomic_fetch_sub(&active, 1) == 1)
        rt_chan_close(values);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    values = rt_chan_new(sizeof(int), 4);
    rt_wait_group_add(&done, 4);
    for (int i = 0; i < 4; i++)
        rt_go(produce, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
