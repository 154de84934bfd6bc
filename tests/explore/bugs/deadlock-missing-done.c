/* A wrong count in the wait group: a worker that finds the printer busy gives up, and forgets to say that it is
 * done. Needs two that meet at the printer. */
/* expect: deadlock */
#include "rt.h"

static rt_mutex printer;
static rt_wait_group done;

static void print(void *arg)
{
    (void)arg;
    if (!rt_mutex_try_lock(&printer))
        return;
    rt_mutex_unlock(&printer);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    for (int i = 0; i < 3; i++)
        rt_go(print, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
