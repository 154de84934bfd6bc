/* The producer asks whether it shall stop, and then sends. Main sets the flag and closes the channel. Both fit between
 * the question and the send. Hard to hit: a window of one step, for two steps. */
/* expect: misuse */
#include <stdatomic.h>

#include "rt.h"

static rt_chan *values;
static _Atomic(bool) stop;
static rt_wait_group done;

static void produce(void *arg)
{
    (void)arg;
    for (int i = 0; i < 3; i++)
        if (!atomic_load(&stop))
            rt_chan_send(values, &i);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    values = rt_chan_new(sizeof(int), 3);
    rt_wait_group_add(&done, 1);
    rt_go(produce, NULL);
    rt_yield();
    atomic_store(&stop, true);
    rt_chan_close(values);
    rt_wait_group_wait(&done);
    rt_chan_free(values);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
