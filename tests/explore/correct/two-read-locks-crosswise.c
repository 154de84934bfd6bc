/* Two locks taken for reading in opposite orders. There is no writer of both, and the only writer takes one lock at a
 * time after all readers have ended: no cycle of waits can close. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static int left = 1, right = 2;
static rt_rwmutex a, b;
static rt_wait_group done;

static int read_both(rt_rwmutex *first, rt_rwmutex *second)
{
    rt_rwmutex_read_lock(first);
    rt_rwmutex_read_lock(second);
    int sum = left + right;
    rt_rwmutex_read_unlock(second);
    rt_rwmutex_read_unlock(first);
    return sum;
}

static void forward(void *arg)
{
    (void)arg;
    if (read_both(&a, &b) != 3)
        abort();
    rt_wait_group_done(&done);
}

static void backward(void *arg)
{
    (void)arg;
    if (read_both(&b, &a) != 3)
        abort();
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(forward, NULL);
    rt_go(backward, NULL);
    rt_wait_group_wait(&done);
    rt_rwmutex_write_lock(&a);
    left = 3;
    rt_rwmutex_write_unlock(&a);
    rt_rwmutex_write_lock(&b);
    right = left;
    rt_rwmutex_write_unlock(&b);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
