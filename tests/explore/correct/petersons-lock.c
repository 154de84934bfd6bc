/* Peterson's lock for two, with sequentially consistent atomics: first raise one's flag, then give way. */
/* expect: none */
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

static _Atomic(int) wants[2], gives_way;
static int total;
static rt_wait_group done;

static void add(void *arg)
{
    int self = (int)(intptr_t)arg;

    for (int i = 0; i < 2; i++) {
        atomic_store(&wants[self], 1);
        atomic_store(&gives_way, self);
        while (atomic_load(&wants[1 - self]) && atomic_load(&gives_way) == self)
            rt_yield();
        total++;
        atomic_store(&wants[self], 0);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(add, (void *)(intptr_t)0);
    rt_go(add, (void *)(intptr_t)1);
    rt_wait_group_wait(&done);
    if (total != 4)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
