/* Three tasks, three locks: a then b, b then c, c then a. No two of them can block each other, all three can. */
/* expect: deadlock */
#include <stdint.h>

#include "rt.h"

static rt_mutex locks[3];
static rt_wait_group done;

static void use(void *arg)
{
    intptr_t i = (intptr_t)arg;

    rt_mutex_lock(&locks[i]);
    rt_mutex_lock(&locks[(i + 1) % 3]);
    rt_mutex_unlock(&locks[(i + 1) % 3]);
    rt_mutex_unlock(&locks[i]);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    for (intptr_t i = 0; i < 3; i++)
        rt_go(use, (void *)i);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
