/* A worker that finds the printer busy says that it is done on its way out, and on the way out it says so again. Main
 * goes on too early then, and may be gone before the count falls below zero; or it is not. Hard to hit: two have to meet
 * at the printer, and all of them have to report before main ends. */
/* expect: misuse */
#include "rt.h"

static rt_mutex printer;
static rt_wait_group done;

static void print(void *arg)
{
    (void)arg;
    if (!rt_mutex_try_lock(&printer))
        rt_wait_group_done(&done);
    else
        rt_mutex_unlock(&printer);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    for (int i = 0; i < 3; i++)
        rt_go(print, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
