/* Compare-and-exchange fails when another task was faster. That is its point; who does not look at its result and try
 * again loses the addition. */
/* expect: wrong_answer */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static _Atomic(int) total;
static rt_wait_group done;

static void add_ten(void *arg)
{
    (void)arg;
    int seen = atomic_load(&total);
    atomic_compare_exchange_strong(&total, &seen, seen + 10);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    for (int i = 0; i < 3; i++)
        rt_go(add_ten, NULL);
    rt_wait_group_wait(&done);
    if (atomic_load(&total) != 30)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
