/* Missed cancellation: in a group that is canceled, waiting for a permit returns RT_ECANCELED, and without a permit. The
 * task does not look and goes in, where another one still is. It takes a cancel while one is inside and the other one
 * waits. */
/* expect: wrong_answer */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static rt_semaphore permit = {.permits = 1};
static _Atomic(int) inside;

static void use_printer(void *arg)
{
    (void)arg;
    rt_semaphore_acquire(&permit);
    if (atomic_fetch_add(&inside, 1) != 0)
        abort();
    rt_yield();
    atomic_fetch_sub(&inside, 1);
    rt_semaphore_release(&permit);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_group *group = rt_group_new(RT_FOREVER);
    rt_group_go(group, use_printer, NULL);
    rt_group_go(group, use_printer, NULL);
    rt_yield();
    rt_group_cancel(group);
    rt_group_wait(group);
    rt_group_free(group);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
