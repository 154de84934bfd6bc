/* Two tasks take two locks in opposite order. Each may get its first one, and then waits for the other for
 * ever. */
/* expect: deadlock */
#include "rt.h"

static rt_mutex a, b;
static rt_wait_group done;

static void first(void *arg)
{
    (void)arg;
    rt_mutex_lock(&a);
    rt_mutex_lock(&b);
    rt_mutex_unlock(&b);
    rt_mutex_unlock(&a);
    rt_wait_group_done(&done);
}

static void second(void *arg)
{
    (void)arg;
    rt_mutex_lock(&b);
    rt_mutex_lock(&a);
    rt_mutex_unlock(&a);
    rt_mutex_unlock(&b);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(first, NULL);
    rt_go(second, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
