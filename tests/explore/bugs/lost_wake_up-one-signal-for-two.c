/* Two items are put in under one lock and with one signal. When both consumers already wait, one of them sleeps on
 * beside an item. */
/* expect: lost_wake_up */
#include "rt.h"

static int items;
static rt_mutex lock;
static rt_cond added;
static rt_wait_group done;

static void consume(void *arg)
{
    (void)arg;
    rt_mutex_lock(&lock);
    while (items == 0)
        rt_cond_wait(&added, &lock);
    items--;
    rt_mutex_unlock(&lock);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(consume, NULL);
    rt_go(consume, NULL);
    rt_mutex_lock(&lock);
    items += 2;
    rt_cond_signal(&added);
    rt_mutex_unlock(&lock);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
