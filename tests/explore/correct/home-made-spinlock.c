/* A lock of one atomic exchange, which yields while it waits. Plain data under it is ordered by acquire and
 * release. */
/* expect: none */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static _Atomic(bool) locked;
static int total;
static rt_wait_group done;

static void add(void *arg)
{
    (void)arg;
    for (int i = 0; i < 2; i++) {
        while (atomic_exchange_explicit(&locked, true, memory_order_acquire))
            rt_yield();
        total++;
        atomic_store_explicit(&locked, false, memory_order_release);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    for (int i = 0; i < 3; i++)
        rt_go(add, NULL);
    rt_wait_group_wait(&done);
    if (total != 6)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
