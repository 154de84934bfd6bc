/* Each task writes its own result and then counts itself off with a release. The one who counts off the last reads all of
 * them: its acquire reads the end of a release sequence to which every addition belongs. */
/* expect: none */
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define TASKS 4
static int results[TASKS];
static _Atomic(int) running = TASKS;
static rt_wait_group done;

static void work(void *arg)
{
    intptr_t i = (intptr_t)arg;

    results[i] = 1;
    if (atomic_fetch_sub_explicit(&running, 1, memory_order_acq_rel) == 1) {
        int sum = 0;
        for (int j = 0; j < TASKS; j++)
            sum += results[j];
        if (sum != TASKS)
            abort();
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, TASKS);
    for (intptr_t i = 0; i < TASKS; i++)
        rt_go(work, (void *)i);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
