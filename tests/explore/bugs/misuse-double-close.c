/* Two producers share a channel and each closes it when it has nothing more to send. In every schedule, the second one
 * closes a closed channel, or sends on it. */
/* expect: misuse */
#include "rt.h"

static rt_chan *values;
static rt_wait_group done;

static void produce(void *arg)
{
    int value = 1;

    (void)arg;
    rt_chan_send(values, &value);
    rt_chan_close(values);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    values = rt_chan_new(sizeof(int), 2);
    rt_wait_group_add(&done, 2);
    rt_go(produce, NULL);
    rt_go(produce, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
