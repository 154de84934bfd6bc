/* Whoever stores last decides. */
/* expect: schedule_dependent */
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>

#include "rt.h"

static _Atomic(int) winner;
static rt_wait_group done;

static void run(void *arg)
{
    atomic_store(&winner, (int)(intptr_t)arg);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    for (intptr_t i = 1; i <= 3; i++)
        rt_go(run, (void *)i);
    rt_wait_group_wait(&done);
    printf("%d\n", atomic_load(&winner));
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
