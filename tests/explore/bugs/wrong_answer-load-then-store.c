/* Every access is atomic, so there is no data race, but the addition is not: between the load and the store the other
 * task's addition gets lost. */
/* expect: wrong_answer */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static _Atomic(int) counter;
static rt_wait_group done;

static void add(void *arg)
{
    (void)arg;
    int seen = atomic_load(&counter);
    atomic_store(&counter, seen + 1);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(add, NULL);
    rt_go(add, NULL);
    rt_wait_group_wait(&done);
    if (atomic_load(&counter) != 2)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
