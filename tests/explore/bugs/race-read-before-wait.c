/* Main looks at the results first and waits for the tasks afterwards. */
/* expect: race */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

static int results[3];
static rt_wait_group done;

static void square(void *arg)
{
    intptr_t i = (intptr_t)arg;

    results[i] = (int)(i * i);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    for (intptr_t i = 0; i < 3; i++)
        rt_go(square, (void *)i);
    int sum = results[0] + results[1] + results[2];
    rt_wait_group_wait(&done);
    if (sum > 5)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
