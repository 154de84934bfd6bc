/* Eight tasks take two of three locks; seven of them in alphabetical order, the last one not. */
/* expect: deadlock */
#include <stdint.h>

#include "rt.h"

static rt_mutex locks[3];
static rt_wait_group done;

static void use(void *arg)
{
    intptr_t task = (intptr_t)arg;
    rt_mutex *outer = &locks[task % 2];
    rt_mutex *inner = &locks[task % 2 + 1];

    if (task == 7) {
        outer = &locks[2];
        inner = &locks[1];
    }
    rt_mutex_lock(outer);
    rt_mutex_lock(inner);
    rt_mutex_unlock(inner);
    rt_mutex_unlock(outer);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 8);
    for (intptr_t task = 0; task < 8; task++)
        rt_go(use, (void *)task);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
