/* A home-made lock: look whether the other one is inside, and if not, raise one's own flag. It has to be the other
 * way round. Both may look before either of them raises its flag. */
/* expect: wrong_answer */
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

static _Atomic(int) wants[2], inside;
static rt_wait_group done;

static void enter(void *arg)
{
    intptr_t self = (intptr_t)arg;

    while (atomic_load(&wants[1 - self]))
        rt_yield();
    atomic_store(&wants[self], 1);
    if (atomic_fetch_add(&inside, 1) != 0)
        abort();
    atomic_fetch_sub(&inside, 1);
    atomic_store(&wants[self], 0);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(enter, (void *)(intptr_t)0);
    rt_go(enter, (void *)(intptr_t)1);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
