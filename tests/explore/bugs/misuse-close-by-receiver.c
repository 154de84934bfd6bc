/* Main has what it needs after three values and closes the channel, on the receiving side. Goes well if the fourth
 * value lies in the buffer already; otherwise the fourth producer sends on a closed channel. */
/* expect: misuse */
#include "rt.h"

static rt_chan *values;
static rt_wait_group done;

static void produce(void *arg)
{
    int value = 1;

    (void)arg;
    rt_chan_send(values, &value);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    int value;

    (void)arg;
    values = rt_chan_new(sizeof(int), 1);
    rt_wait_group_add(&done, 4);
    for (int i = 0; i < 4; i++)
        rt_go(produce, NULL);
    for (int i = 0; i < 3; i++)
        rt_chan_recv(values, &value);
    rt_chan_close(values);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
