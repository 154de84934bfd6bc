/* Every access is under a lock, but not under the same one: orders have a lock and so have returns, and both change
 * the stock. */
/* expect: race */
#include <stdlib.h>

#include "rt.h"

static int stock = 10;
static rt_mutex orders, returns;
static rt_wait_group done;

static void order(void *arg)
{
    (void)arg;
    rt_mutex_lock(&orders);
    stock--;
    rt_mutex_unlock(&orders);
    rt_wait_group_done(&done);
}

static void give_back(void *arg)
{
    (void)arg;
    rt_mutex_lock(&returns);
    stock++;
    rt_mutex_unlock(&returns);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 4);
    rt_go(order, NULL);
    rt_go(order, NULL);
    rt_go(give_back, NULL);
    rt_go(give_back, NULL);
    rt_wait_group_wait(&done);
    if (stock > 12)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
