/* The waiter waits without asking whether it has to. A signal that nobody waits for is gone; if it is given first, the
 * wait lasts for ever. */
/* expect: lost_wake_up */
#include "rt.h"

static rt_mutex lock;
static rt_cond finished;

static void work(void *arg)
{
    (void)arg;
    rt_mutex_lock(&lock);
    rt_cond_signal(&finished);
    rt_mutex_unlock(&lock);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_go(work, NULL);
    rt_mutex_lock(&lock);
    rt_cond_wait(&finished, &lock);
    rt_mutex_unlock(&lock);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
