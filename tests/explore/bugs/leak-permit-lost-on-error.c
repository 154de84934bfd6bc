/* Who finds the file locked returns without giving its permit back. Main locks the file for a moment; two tasks that
 * come just then take both permits with them, and the next one waits for ever. Hard to hit: two tasks in a window of
 * two steps. */
/* expect: leak */
#include "rt.h"

static rt_semaphore permits = {.permits = 2};
static rt_mutex file;
static rt_chan *tried;

static void work(void *arg)
{
    (void)arg;
    rt_chan_send(tried, NULL);
    rt_semaphore_acquire(&permits);
    if (!rt_mutex_try_lock(&file))
        return;
    rt_mutex_unlock(&file);
    rt_semaphore_release(&permits);
}

static void main_task(void *arg)
{
    (void)arg;
    tried = rt_chan_new(0, 4);
    for (int i = 0; i < 4; i++)
        rt_go(work, NULL);
    rt_mutex_lock(&file);
    rt_mutex_unlock(&file);
    for (int i = 0; i < 4; i++)
        rt_chan_recv(tried, NULL);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
