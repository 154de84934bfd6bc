/* A queue of one place with a condition, waited for in a loop, and broadcasts. Every wake-up in vain is looked at
 * again. */
/* expect: none */
#include <stdbool.h>
#include <stdlib.h>

#include "rt.h"

static bool full;
static int place, sum;
static rt_mutex lock;
static rt_cond changed;
static rt_wait_group done;

static void put(void *arg)
{
    (void)arg;
    for (int i = 1; i <= 2; i++) {
        rt_mutex_lock(&lock);
        while (full)
            rt_cond_wait(&changed, &lock);
        full = true;
        place = i;
        rt_cond_broadcast(&changed);
        rt_mutex_unlock(&lock);
    }
    rt_wait_group_done(&done);
}

static void take(void *arg)
{
    (void)arg;
    for (int i = 1; i <= 2; i++) {
        rt_mutex_lock(&lock);
        while (!full)
            rt_cond_wait(&changed, &lock);
        full = false;
        sum += place;
        rt_cond_broadcast(&changed);
        rt_mutex_unlock(&lock);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 4);
    for (int i = 0; i < 2; i++) {
        rt_go(put, NULL);
        rt_go(take, NULL);
    }
    rt_wait_group_wait(&done);
    if (sum != 6)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
