/* The signal may come when nobody waits, and then it is gone. That is no loss: the waiter looks at the flag first, under
 * the lock. The signal itself needs no lock. */
/* expect: none */
#include <stdbool.h>

#include "rt.h"

static bool ready;
static rt_mutex lock;
static rt_cond changed;

static void prepare(void *arg)
{
    (void)arg;
    rt_mutex_lock(&lock);
    ready = true;
    rt_mutex_unlock(&lock);
    rt_cond_signal(&changed);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_go(prepare, NULL);
    rt_mutex_lock(&lock);
    while (!ready)
        rt_cond_wait(&changed, &lock);
    rt_mutex_unlock(&lock);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
