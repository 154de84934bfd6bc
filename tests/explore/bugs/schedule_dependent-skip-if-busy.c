/* Who finds the lock taken skips its share of the work. Hard to hit: another one has to be in the short critical
 * section just then. */
/* expect: schedule_dependent */
#include <stdio.h>

#include "rt.h"

static int shares;
static rt_mutex lock;
static rt_wait_group done;

static void work(void *arg)
{
    (void)arg;
    if (rt_mutex_try_lock(&lock)) {
        shares++;
        rt_mutex_unlock(&lock);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 4);
    for (int i = 0; i < 4; i++)
        rt_go(work, NULL);
    rt_wait_group_wait(&done);
    printf("%d\n", shares);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
