/* One task takes a then b at once, the other one b then a a millisecond later: by then the first one is done, except on
 * the day when it is not. Plain runs never hang. */
/* expect: lock_order */
#include "rt.h"

static rt_mutex a, b;
static rt_wait_group done;

static void at_once(void *arg)
{
    (void)arg;
    rt_mutex_lock(&a);
    rt_mutex_lock(&b);
    rt_mutex_unlock(&b);
    rt_mutex_unlock(&a);
    rt_wait_group_done(&done);
}

static void later(void *arg)
{
    (void)arg;
    rt_sleep(RT_MS);
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
    rt_go(at_once, NULL);
    rt_go(later, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
