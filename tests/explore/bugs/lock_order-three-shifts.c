/* Three tasks, three locks, a cycle; they work in shifts, a third of a millisecond apart, so it never closes in plain
 * runs. */
/* expect: lock_order */
#include <stdint.h>

#include "rt.h"

static rt_mutex locks[3];
static rt_wait_group done;

static void work(void *arg)
{
    intptr_t shift = (intptr_t)arg;

    rt_sleep(shift * 300 * RT_US);
    rt_mutex_lock(&locks[shift]);
    rt_mutex_lock(&locks[(shift + 1) % 3]);
    rt_mutex_unlock(&locks[(shift + 1) % 3]);
    rt_mutex_unlock(&locks[shift]);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    for (intptr_t shift = 0; shift < 3; shift++)
        rt_go(work, (void *)shift);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
