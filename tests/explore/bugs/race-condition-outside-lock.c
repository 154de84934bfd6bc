/* The signaller holds the lock for the signal, where it is not needed, and changes the condition before, where it
 * is. The waiter reads it under the lock, alone with that good habit. */
/* expect: race */
#include <stdbool.h>

#include "rt.h"

static bool ready;
static rt_mutex lock;
static rt_cond changed;

static void prepare(void *arg)
{
    (void)arg;
    ready = true;
    rt_mutex_lock(&lock);
    rt_cond_signal(&changed);
    rt_mutex_unlock(&lock);
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
