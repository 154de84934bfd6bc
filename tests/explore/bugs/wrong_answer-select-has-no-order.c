/* The worker's select names the jobs first and the order to stop second, as if it tried them in turn. When both are
 * ready it takes either, and with the order to stop the jobs that are left are lost. */
/* expect: wrong_answer */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static rt_chan *jobs, *stop, *stopped;
static _Atomic(int) jobs_done;

static void work(void *arg)
{
    (void)arg;
    for (;;) {
        rt_case cases[] = {RT_RECV(jobs, NULL), RT_RECV(stop, NULL)};
        if (rt_select(cases, 2, RT_FOREVER) == 1)
            break;
        atomic_fetch_add(&jobs_done, 1);
    }
    rt_chan_close(stopped);
}

static void main_task(void *arg)
{
    (void)arg;
    jobs = rt_chan_new(0, 3);
    stop = rt_chan_new(0, 0);
    stopped = rt_chan_new(0, 0);
    rt_go(work, NULL);
    for (int i = 0; i < 3; i++)
        rt_chan_send(jobs, NULL);
    rt_chan_close(stop);
    rt_chan_recv(stopped, NULL);
    if (atomic_load(&jobs_done) != 3)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
