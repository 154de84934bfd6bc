/* Reads through a pointer that is NULL when the reader is first. */
#include <stdatomic.h>

#include "rt.h"

static int value = 7;
static _Atomic(int *) where;
_Atomic(int) seen; /* not static, or a compiler sees that nobody looks at it */
static rt_wait_group done;

static void publish(void *arg)
{
    (void)arg;
    atomic_store(&where, &value);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 1);
    rt_go(publish, NULL);
    rt_yield();
    atomic_store(&seen, *atomic_load(&where));
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
