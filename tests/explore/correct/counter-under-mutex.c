/* Eight tasks add to a plain counter, each time under the lock. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static int counter;
static rt_mutex lock;
static rt_wait_group done;

static void add(void *arg)
{
    (void)arg;
    for (int i = 0; i < 3; i++) {
        rt_mutex_lock(&lock);
        counter++;
        rt_mutex_unlock(&lock);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 8);
    for (int i = 0; i < 8; i++)
        rt_go(add, NULL);
    rt_wait_group_wait(&done);
    if (counter != 24)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
