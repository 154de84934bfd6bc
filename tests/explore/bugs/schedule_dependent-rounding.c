/* Four tasks add to one sum under a lock: no race, and a + b + c in real numbers. In floating point the order counts:
 * 100000000 + 3 is rounded to 100000000, but 3 + 3 is not. */
/* expect: schedule_dependent */
#include <stdio.h>

#include "rt.h"

static float parts[4] = {1.0e8F, 3.0F, 3.0F, -1.0e8F};
static float sum;
static rt_mutex lock;
static rt_wait_group done;

static void add(void *arg)
{
    const float *part = arg;

    rt_mutex_lock(&lock);
    sum += *part;
    rt_mutex_unlock(&lock);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 4);
    for (int i = 0; i < 4; i++)
        rt_go(add, &parts[i]);
    rt_wait_group_wait(&done);
    printf("%.1f\n", (double)sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
