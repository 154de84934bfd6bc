/* One signal for one item, so `if` seems to be enough. But between the signal and the moment when the woken consumer
 * has the lock again, a third task, which never waited, comes along and takes the item. Hard to hit: it has to
 * overtake the woken one. */
/* expect: wrong_answer */
#include <stdlib.h>

#include "rt.h"

static int items;
static rt_mutex lock;
static rt_cond added;
static rt_wait_group done;

static void consume(void *arg)
{
    (void)arg;
    rt_mutex_lock(&lock);
    if (items == 0)
        rt_cond_wait(&added, &lock);
    if (--items < 0)
        abort();
    rt_mutex_unlock(&lock);
    rt_wait_group_done(&done);
}

static void take_if_any(void *arg)
{
    (void)arg;
    rt_mutex_lock(&lock);
    if (items > 0)
        items--;
    rt_mutex_unlock(&lock);
    rt_wait_group_done(&done);
}

static void produce(void *arg)
{
    (void)arg;
    for (int i = 0; i < 2; i++) {
        rt_mutex_lock(&lock);
        items++;
        rt_mutex_unlock(&lock);
        rt_cond_signal(&added);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    rt_go(consume, NULL);
    rt_go(produce, NULL);
    rt_go(take_if_any, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
