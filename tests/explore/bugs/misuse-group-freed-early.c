/* The tasks of a group count themselves as finished in their last line, and main takes that for their end. But a task
 * has ended only when it has returned; the group may still have one when it is released. rt_group_wait knows. */
/* expect: misuse */
#include <stdatomic.h>

#include "rt.h"

static _Atomic(int) finished;

static void work(void *arg)
{
    (void)arg;
    rt_yield();
    atomic_fetch_add(&finished, 1);
    rt_yield();
}

static void main_task(void *arg)
{
    (void)arg;
    rt_group *group = rt_group_new(RT_FOREVER);
    rt_group_go(group, work, NULL);
    rt_group_go(group, work, NULL);
    while (atomic_load(&finished) < 2)
        rt_yield();
    rt_group_free(group);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
