/* Missed cancellation: in a canceled group, a lock that has to be waited for returns RT_ECANCELED and is not locked. The
 * task unlocks it all the same - main's lock, so that main's own unlock is the one too many, or nobody's. */
/* expect: misuse */
#include "rt.h"

static rt_mutex lock;

static void work(void *arg)
{
    (void)arg;
    rt_mutex_lock(&lock);
    rt_mutex_unlock(&lock);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_group *group = rt_group_new(RT_FOREVER);
    rt_mutex_lock(&lock);
    rt_group_go(group, work, NULL);
    rt_yield();
    rt_group_cancel(group);
    rt_mutex_unlock(&lock);
    rt_group_wait(group);
    rt_group_free(group);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
