/* Three permits, six tasks: up to three are inside at once, and what they share there is atomic. */
/* expect: none */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static _Atomic(int) inside;
static rt_semaphore permits = {.permits = 3};
static rt_wait_group done;

static void visit(void *arg)
{
    (void)arg;
    rt_semaphore_acquire(&permits);
    if (atomic_fetch_add(&inside, 1) >= 3)
        abort();
    rt_yield();
    atomic_fetch_sub(&inside, 1);
    rt_semaphore_release(&permits);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 6);
    for (int i = 0; i < 6; i++)
        rt_go(visit, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
