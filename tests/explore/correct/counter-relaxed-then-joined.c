/* Relaxed additions order nothing, and need not: that none is lost they promise, and the wait group orders the last
 * look after all of them. */
/* expect: none */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static _Atomic(int) counter;
static rt_wait_group done;

static void add(void *arg)
{
    (void)arg;
    for (int i = 0; i < 4; i++)
        atomic_fetch_add_explicit(&counter, 1, memory_order_relaxed);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 5);
    for (int i = 0; i < 5; i++)
        rt_go(add, NULL);
    rt_wait_group_wait(&done);
    if (atomic_load_explicit(&counter, memory_order_relaxed) != 20)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
