/* The waiter looks before it takes the lock. Between the look and the wait there is room for both, the change and its
 * signal. */
/* expect: lost_wake_up */
#include <stdatomic.h>

#include "rt.h"

static _Atomic(bool) ready;
static rt_mutex lock;
static rt_cond changed;

static void prepare(void *arg)
{
    (void)arg;
    rt_mutex_lock(&lock);
    atomic_store(&ready, true);
    rt_cond_signal(&changed);
    rt_mutex_unlock(&lock);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_go(prepare, NULL);
    if (!atomic_load(&ready)) {
        rt_mutex_lock(&lock);
        rt_cond_wait(&changed, &lock);
        rt_mutex_unlock(&lock);
    }
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
