/* Order violation: the task is started before the channel that it closes is made. If it is quick, it closes NULL. */
/* expect: misuse */
#include <stdatomic.h>
#include <stddef.h>

#include "rt.h"

static _Atomic(rt_chan *) finished;
static rt_wait_group done;

static void work(void *arg)
{
    (void)arg;
    rt_chan_close(atomic_load(&finished));
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 1);
    rt_go(work, NULL);
    atomic_store(&finished, rt_chan_new(0, 0));
    rt_wait_group_wait(&done);
    rt_chan_free(atomic_load(&finished));
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
