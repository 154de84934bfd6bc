/* Readers read two values that always add up, under the read lock and at the same time; a writer shifts between
 * them. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static int left = 100, right;
static rt_rwmutex lock;
static rt_wait_group done;

static void check(void *arg)
{
    (void)arg;
    for (int i = 0; i < 3; i++) {
        rt_rwmutex_read_lock(&lock);
        if (left + right != 100)
            abort();
        rt_rwmutex_read_unlock(&lock);
    }
    rt_wait_group_done(&done);
}

static void shift(void *arg)
{
    (void)arg;
    for (int i = 0; i < 3; i++) {
        rt_rwmutex_write_lock(&lock);
        left -= 10;
        right += 10;
        rt_rwmutex_write_unlock(&lock);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 4);
    for (int i = 0; i < 3; i++)
        rt_go(check, NULL);
    rt_go(shift, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
