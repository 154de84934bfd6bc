/* Hold and wait: two tasks need two of the two permits each, and take them one by one. */
/* expect: deadlock */
#include "rt.h"

static rt_semaphore permits = {.permits = 2};
static rt_wait_group done;

static void work(void *arg)
{
    (void)arg;
    rt_semaphore_acquire(&permits);
    rt_semaphore_acquire(&permits);
    rt_semaphore_release(&permits);
    rt_semaphore_release(&permits);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(work, NULL);
    rt_go(work, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
