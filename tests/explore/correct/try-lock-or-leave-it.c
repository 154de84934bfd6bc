/* Whoever finds the lock taken puts its share into an atomic instead. Who did what depends on the schedule, the sum does
 * not. */
/* expect: none */
#include <stdatomic.h>
#include <stdio.h>

#include "rt.h"

static int under_lock;
static _Atomic(int) aside;
static rt_mutex lock;
static rt_wait_group done;

static void add(void *arg)
{
    (void)arg;
    if (rt_mutex_try_lock(&lock)) {
        under_lock++;
        rt_mutex_unlock(&lock);
    } else {
        atomic_fetch_add(&aside, 1);
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
    printf("%d\n", under_lock + atomic_load(&aside));
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
