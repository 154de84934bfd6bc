/* Only one task ever holds two locks; it takes them now in this order and now in that. The others take one each. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static int left, right;
static rt_mutex a, b;
static rt_wait_group done;

static void add_left(void *arg)
{
    (void)arg;
    rt_mutex_lock(&a);
    left++;
    rt_mutex_unlock(&a);
    rt_wait_group_done(&done);
}

static void add_right(void *arg)
{
    (void)arg;
    rt_mutex_lock(&b);
    right++;
    rt_mutex_unlock(&b);
    rt_wait_group_done(&done);
}

static void add_both(rt_mutex *first, rt_mutex *second)
{
    rt_mutex_lock(first);
    rt_mutex_lock(second);
    left++;
    right++;
    rt_mutex_unlock(second);
    rt_mutex_unlock(first);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(add_left, NULL);
    rt_go(add_right, NULL);
    add_both(&a, &b);
    add_both(&b, &a);
    rt_wait_group_wait(&done);
    if (left != 3 || right != 3)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
