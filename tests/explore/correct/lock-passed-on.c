/* One task locks, and another one, which it tells, unlocks: allowed, as in Go. The value goes along under the same
 * lock. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static int value;
static rt_mutex lock;
static rt_chan *yours;

static void finish(void *arg)
{
    (void)arg;
    rt_chan_recv(yours, NULL);
    value++;
    rt_mutex_unlock(&lock);
}

static void main_task(void *arg)
{
    (void)arg;
    yours = rt_chan_new(0, 1);
    rt_go(finish, NULL);
    rt_mutex_lock(&lock);
    value = 1;
    rt_chan_send(yours, NULL);
    rt_mutex_lock(&lock);
    if (value != 2)
        abort();
    rt_mutex_unlock(&lock);
    rt_chan_free(yours);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
