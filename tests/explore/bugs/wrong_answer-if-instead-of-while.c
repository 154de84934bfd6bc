/* Two consumers wait for items and are woken by a broadcast, which comes with each of two items. A consumer looks with
 * `if` before it waits, and not again afterwards: with the first item both wake, and the second one to have the lock
 * takes an item that is not there. */
/* expect: wrong_answer */
#include <stdlib.h>

#include "rt.h"

static int items;
static rt_mutex lock;
static rt_cond changed;
static rt_wait_group done;

static void consume(void *arg)
{
    (void)arg;
    rt_mutex_lock(&lock);
    if (items == 0)
        rt_cond_wait(&changed, &lock);
    items--;
    if (items < 0)
        abort();
    rt_mutex_unlock(&lock);
    rt_wait_group_done(&done);
}

static void produce(void *arg)
{
    (void)arg;
    for (int i = 0; i < 2; i++) {
        rt_mutex_lock(&lock);
        items++;
        rt_cond_broadcast(&changed);
        rt_mutex_unlock(&lock);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    rt_go(consume, NULL);
    rt_go(consume, NULL);
    rt_go(produce, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
