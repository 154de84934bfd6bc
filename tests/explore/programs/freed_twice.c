/* Two tasks share a block, and who comes second frees it again: each looks first, and then frees. */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static _Atomic(int *) block;
static rt_wait_group done;

static void drop(void *arg)
{
    (void)arg;
    int *mine = atomic_load(&block);
    if (mine != NULL) {
        atomic_store(&block, NULL);
        rt_yield();
        free(mine);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    atomic_store(&block, malloc(sizeof(int)));
    rt_wait_group_add(&done, 2);
    rt_go(drop, NULL);
    rt_go(drop, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
