/* A buffer for one value with a single condition for "no longer empty" and "no longer full", and signal in place of
 * broadcast: it may wake a consumer where a producer was meant, who goes back to sleep and passes nothing on. Hard to
 * hit: both kinds have to wait at the same time. */
/* expect: lost_wake_up */
#include <stdbool.h>

#include "rt.h"

static bool full;
static rt_mutex lock;
static rt_cond changed;
static rt_wait_group done;

static void put_or_take(bool to)
{
    rt_mutex_lock(&lock);
    while (full == to)
        rt_cond_wait(&changed, &lock);
    full = to;
    rt_cond_signal(&changed);
    rt_mutex_unlock(&lock);
}

static void produce(void *arg)
{
    (void)arg;
    put_or_take(true);
    put_or_take(true);
    rt_wait_group_done(&done);
}

static void consume(void *arg)
{
    (void)arg;
    put_or_take(false);
    put_or_take(false);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 4);
    rt_go(consume, NULL);
    rt_go(consume, NULL);
    rt_go(produce, NULL);
    rt_go(produce, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
