/* Readers count how often they looked something up - which is a write - while they hold the lock for reading,
 * together with other readers. */
/* expect: race */
#include <stdlib.h>

#include "rt.h"

static int squares[4] = {0, 1, 4, 9};
static int lookups;
static rt_rwmutex lock;
static rt_wait_group done;

static void look_up(void *arg)
{
    (void)arg;
    rt_rwmutex_read_lock(&lock);
    if (squares[2] != 4)
        abort();
    lookups++;
    rt_rwmutex_read_unlock(&lock);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 5);
    for (int i = 0; i < 5; i++)
        rt_go(look_up, NULL);
    rt_wait_group_wait(&done);
    if (lookups > 5)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
