/* Main ends while a task still sleeps. That is no leak: the task would end by itself. */
/* expect: none */
#include "rt.h"

static void nap(void *arg)
{
    (void)arg;
    rt_sleep(300 * RT_US);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_go(nap, NULL);
    rt_go(nap, NULL);
    rt_yield();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
