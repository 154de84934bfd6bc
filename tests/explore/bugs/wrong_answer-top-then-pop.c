/* Two workers take jobs from a stack with two calls, top and pop, each of which holds the lock. Between them the other
 * one may have taken the same job: one job is done twice and another one never. */
/* expect: wrong_answer */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static int stack[2] = {0, 1}, height = 2;
static _Atomic(int) times_done[2];
static rt_mutex lock;
static rt_wait_group done;

static int top(void)
{
    rt_mutex_lock(&lock);
    int job = stack[height - 1];
    rt_mutex_unlock(&lock);
    return job;
}

static void pop(void)
{
    rt_mutex_lock(&lock);
    height--;
    rt_mutex_unlock(&lock);
}

static void work(void *arg)
{
    (void)arg;
    int job = top();
    pop();
    atomic_fetch_add(&times_done[job], 1);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(work, NULL);
    rt_go(work, NULL);
    rt_wait_group_wait(&done);
    if (atomic_load(&times_done[0]) != 1 || atomic_load(&times_done[1]) != 1)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
