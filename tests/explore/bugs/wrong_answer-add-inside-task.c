/* Each task adds itself to the wait group. When main asks before a task has run, it is not expected, and main goes on
 * without its result. */
/* expect: wrong_answer */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static _Atomic(int) results;
static rt_wait_group done;

static void work(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 1);
    atomic_fetch_add(&results, 1);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    for (int i = 0; i < 3; i++)
        rt_go(work, NULL);
    rt_yield();
    rt_wait_group_wait(&done);
    if (atomic_load(&results) != 3)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
