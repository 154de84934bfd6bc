/* Three tasks sleep for different times and add to a sum under a lock. Nothing depends on who wakes first. */
/* expect: none */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

static int sum;
static rt_mutex lock;
static rt_wait_group done;

static void nap_and_add(void *arg)
{
    int value = (int)(intptr_t)arg;

    rt_sleep((4 - value) * 40 * RT_US);
    rt_mutex_lock(&lock);
    sum += value;
    rt_mutex_unlock(&lock);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    for (intptr_t i = 1; i <= 3; i++)
        rt_go(nap_and_add, (void *)i);
    rt_wait_group_wait(&done);
    if (sum != 6)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
