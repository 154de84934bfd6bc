/* Two locks in opposite orders, in tasks of which the second one is started when the first has ended. */
/* expect: none */
#include "rt.h"

static rt_mutex a, b;
static rt_wait_group done;

static void forward(void *arg)
{
    (void)arg;
    rt_mutex_lock(&a);
    rt_mutex_lock(&b);
    rt_mutex_unlock(&b);
    rt_mutex_unlock(&a);
    rt_wait_group_done(&done);
}

static void backward(void *arg)
{
    (void)arg;
    rt_mutex_lock(&b);
    rt_mutex_lock(&a);
    rt_mutex_unlock(&a);
    rt_mutex_unlock(&b);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 1);
    rt_go(forward, NULL);
    rt_wait_group_wait(&done);
    rt_wait_group_add(&done, 1);
    rt_go(backward, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
