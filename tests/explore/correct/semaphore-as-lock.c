/* A semaphore with one permit is a lock. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static int total;
static rt_semaphore permit = {.permits = 1};
static rt_wait_group done;

static void add(void *arg)
{
    (void)arg;
    for (int i = 0; i < 2; i++) {
        rt_semaphore_acquire(&permit);
        total += 5;
        rt_semaphore_release(&permit);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 4);
    for (int i = 0; i < 4; i++)
        rt_go(add, NULL);
    rt_wait_group_wait(&done);
    if (total != 40)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
