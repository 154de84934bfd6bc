/* The waiter does all as it should: looks under the lock, in a loop. But the flag is changed without the lock, so the
 * change and its signal fit between the look and the wait. Hard to hit: two steps of the other task in a window of
 * one step. */
/* expect: lost_wake_up */
#include <stdatomic.h>

#include "rt.h"

static _Atomic(bool) ready;
static rt_mutex lock;
static rt_cond changed;

static void prepare(void *arg)
{
    (void)arg;
    atomic_store(&ready, true);
    rt_cond_signal(&changed);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_go(prepare, NULL);
    rt_mutex_lock(&lock);
    while (!atomic_load(&ready))
        rt_cond_wait(&changed, &lock);
    rt_mutex_unlock(&lock);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
