/* Four tasks mix their part into one hash, each under the lock; mixing does not commute. */
/* expect: schedule_dependent */
#include <stdint.h>
#include <stdio.h>

#include "rt.h"

static uint32_t hash = 7;
static rt_mutex lock;
static rt_wait_group done;

static void mix(void *arg)
{
    rt_mutex_lock(&lock);
    hash = hash * 31 + (uint32_t)(uintptr_t)arg;
    rt_mutex_unlock(&lock);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 4);
    for (uintptr_t i = 1; i <= 4; i++)
        rt_go(mix, (void *)i);
    rt_wait_group_wait(&done);
    printf("%u\n", hash);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
