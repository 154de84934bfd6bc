/* Main starts the task first and counts it afterwards. A quick task takes one off a counter that is zero. */
/* expect: misuse */
#include "rt.h"

static rt_wait_group done;

static void work(void *arg)
{
    (void)arg;
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    for (int i = 0; i < 2; i++) {
        rt_go(work, NULL);
        rt_wait_group_add(&done, 1);
    }
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
