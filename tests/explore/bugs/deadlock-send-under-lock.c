/* The producer sends while it holds the lock, and the consumer takes the lock before it receives. Goes well as long as
 * the consumer is there first. */
/* expect: deadlock */
#include "rt.h"

static rt_mutex lock;
static rt_chan *values;
static rt_wait_group done;

static void produce(void *arg)
{
    int value = 1;

    (void)arg;
    rt_mutex_lock(&lock);
    rt_chan_send(values, &value);
    rt_mutex_unlock(&lock);
    rt_wait_group_done(&done);
}

static void consume(void *arg)
{
    int value;

    (void)arg;
    rt_mutex_lock(&lock);
    rt_mutex_unlock(&lock);
    rt_chan_recv(values, &value);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    values = rt_chan_new(sizeof(int), 0);
    rt_wait_group_add(&done, 2);
    rt_go(consume, NULL);
    rt_go(produce, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
