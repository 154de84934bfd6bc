/* Missed cancellation: the worker handles RT_ECANCELED by returning at once, with the lock in its hand. Main needs
 * it for its farewell. Happens when the worker is too late for the turn that main offers and takes back: then the cancel
 * finds it waiting. In plain runs it is there in time nearly always. */
/* expect: deadlock */
#include "rt.h"

static rt_mutex lock;
static rt_chan *turns;

static void work(void *arg)
{
    (void)arg;
    rt_mutex_lock(&lock);
    if (rt_chan_recv(turns, NULL) == RT_ECANCELED)
        return;
    rt_mutex_unlock(&lock);
}

static void main_task(void *arg)
{
    (void)arg;
    turns = rt_chan_new(0, 1);
    rt_group *group = rt_group_new(RT_FOREVER);
    rt_group_go(group, work, NULL);
    rt_yield();
    rt_chan_try_send(turns, NULL);
    rt_chan_try_recv(turns, NULL);
    rt_group_cancel(group);
    rt_group_wait(group);
    rt_mutex_lock(&lock);
    rt_mutex_unlock(&lock);
    rt_group_free(group);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
