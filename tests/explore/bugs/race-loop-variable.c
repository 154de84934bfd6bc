/* Each task gets the address of the loop variable, which main goes on changing: what a task sees is some number, and
 * perhaps the same one as its neighbour. */
/* expect: race */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static _Atomic(int) sum;
static rt_wait_group done;

static void add(void *arg)
{
    const int *number = arg;

    atomic_fetch_add(&sum, *number);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 4);
    for (int i = 0; i < 4; i++)
        rt_go(add, &i);
    rt_wait_group_wait(&done);
    if (sum > 16)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
