/* A barrier for three that counts under the lock, gives it back, and takes it again to wait. The last one may broadcast
 * in between, and who comes to wait afterwards does so for ever. */
/* expect: lost_wake_up */
#include <stdbool.h>

#include "rt.h"

#define PARTIES 3
static int arrived;
static rt_mutex lock;
static rt_cond all_here;
static rt_wait_group done;

static bool arrive(void)
{
    rt_mutex_lock(&lock);
    arrived++;
    bool last = arrived == PARTIES;
    rt_mutex_unlock(&lock);
    return last;
}

static void meet(void *arg)
{
    (void)arg;
    bool last = arrive();
    rt_mutex_lock(&lock);
    if (last)
        rt_cond_broadcast(&all_here);
    else
        rt_cond_wait(&all_here, &lock);
    rt_mutex_unlock(&lock);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, PARTIES);
    for (int i = 0; i < PARTIES; i++)
        rt_go(meet, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
