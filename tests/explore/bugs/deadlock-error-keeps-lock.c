/* The path for "not enough left" returns without the unlock. It is taken when the order for all three comes between
 * the other two; then whoever comes last waits for ever. */
/* expect: deadlock */
#include <stdint.h>

#include "rt.h"

static int stock = 3;
static rt_mutex lock;
static rt_wait_group done;

static void order(void *arg)
{
    int wanted = (int)(intptr_t)arg;

    rt_mutex_lock(&lock);
    if (wanted > stock) {
        rt_wait_group_done(&done);
        return;
    }
    stock -= wanted;
    if (stock == 0)
        stock = 3;
    rt_mutex_unlock(&lock);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    rt_go(order, (void *)(intptr_t)1);
    rt_go(order, (void *)(intptr_t)2);
    rt_go(order, (void *)(intptr_t)3);
    rt_wait_group_wait(&done);
    rt_mutex_lock(&lock);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
