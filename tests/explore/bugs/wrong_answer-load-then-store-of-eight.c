/* Eight tasks; only the first and the last add in two steps, the others do it properly. An addition is lost only when
 * one comes between those two steps. */
/* expect: wrong_answer */
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

static _Atomic(int) counter;
static rt_wait_group done;

static void add(void *arg)
{
    intptr_t task = (intptr_t)arg;

    if (task % 7 == 0) {
        int seen = atomic_load(&counter);
        atomic_store(&counter, seen + 1);
    } else {
        atomic_fetch_add(&counter, 1);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 8);
    for (intptr_t task = 0; task < 8; task++)
        rt_go(add, (void *)task);
    rt_wait_group_wait(&done);
    if (atomic_load(&counter) != 8)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
