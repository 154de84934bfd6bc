/* Main holds the lock while it waits for the workers, who need it for their last step. In every schedule but those in
 * which all workers had it before main. */
/* expect: deadlock */
#include "rt.h"

static int results;
static rt_mutex lock;
static rt_wait_group done;

static void work(void *arg)
{
    (void)arg;
    rt_mutex_lock(&lock);
    results++;
    rt_mutex_unlock(&lock);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    for (int i = 0; i < 3; i++)
        rt_go(work, NULL);
    rt_mutex_lock(&lock);
    rt_wait_group_wait(&done);
    results = 0;
    rt_mutex_unlock(&lock);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
