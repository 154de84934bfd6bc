/* Opposite orders of two locks, but one side only tries the second one, and gives the first back if it fails: no
 * deadlock, and nothing for a lock-order check to complain of. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static int moves;
static rt_mutex a, b;
static rt_wait_group done;

static void forward(void *arg)
{
    (void)arg;
    rt_mutex_lock(&a);
    rt_mutex_lock(&b);
    moves++;
    rt_mutex_unlock(&b);
    rt_mutex_unlock(&a);
    rt_wait_group_done(&done);
}

static void backward(void *arg)
{
    (void)arg;
    rt_mutex_lock(&b);
    while (!rt_mutex_try_lock(&a)) {
        rt_mutex_unlock(&b);
        rt_yield();
        rt_mutex_lock(&b);
    }
    moves++;
    rt_mutex_unlock(&a);
    rt_mutex_unlock(&b);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(forward, NULL);
    rt_go(backward, NULL);
    rt_wait_group_wait(&done);
    if (moves != 2)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
