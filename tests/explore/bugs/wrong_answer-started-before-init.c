/* Main starts the workers first and chooses their number of decimals afterwards. A worker that is quick computes with
 * the zero. */
/* expect: wrong_answer */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static _Atomic(int) scale;
static rt_wait_group done;

static void work(void *arg)
{
    (void)arg;
    if (7 * atomic_load(&scale) != 700)
        abort();
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(work, NULL);
    rt_go(work, NULL);
    atomic_store(&scale, 100);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
