/* Each task reports that it is done and then writes its result, so main reads results that are being written. In
 * plain runs the write comes first nearly always. */
/* expect: race */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

static int results[2];
static rt_wait_group done;

static void work(void *arg)
{
    intptr_t i = (intptr_t)arg;

    rt_wait_group_done(&done);
    results[i] = 1;
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    for (intptr_t i = 0; i < 2; i++)
        rt_go(work, (void *)i);
    rt_wait_group_wait(&done);
    if (results[0] + results[1] > 2)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
