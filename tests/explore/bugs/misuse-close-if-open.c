/* Who ends closes the channel, unless it is closed already: but looking and closing are two steps, and three tasks may
 * all see it open. */
/* expect: misuse */
#include <stdatomic.h>

#include "rt.h"

static rt_chan *quit;
static _Atomic(bool) closed;
static rt_wait_group done;

static void end(void *arg)
{
    (void)arg;
    if (!atomic_load(&closed)) {
        atomic_store(&closed, true);
        rt_chan_close(quit);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    quit = rt_chan_new(0, 0);
    rt_wait_group_add(&done, 3);
    for (int i = 0; i < 3; i++)
        rt_go(end, NULL);
    rt_wait_group_wait(&done);
    rt_chan_free(quit);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
