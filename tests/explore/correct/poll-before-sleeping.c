/* The worker says that it is idle, and then polls once more before it sleeps. Between the flag and the poll no job can be
 * missed; a wake-up too many is possible, and harmless. */
/* expect: none */
#include <stdatomic.h>

#include "rt.h"

static rt_chan *jobs, *wake, *finished;
static _Atomic(bool) idle;

static bool take_job(void)
{
    return rt_chan_try_recv(jobs, NULL) == RT_OK;
}

static void work(void *arg)
{
    (void)arg;
    while (!take_job()) {
        atomic_store(&idle, true);
        if (take_job())
            break;
        rt_chan_recv(wake, NULL);
    }
    rt_chan_send(finished, NULL);
}

static void main_task(void *arg)
{
    (void)arg;
    jobs = rt_chan_new(0, 1);
    wake = rt_chan_new(0, 1);
    finished = rt_chan_new(0, 1);
    rt_go(work, NULL);
    rt_chan_send(jobs, NULL);
    if (atomic_load(&idle))
        rt_chan_send(wake, NULL);
    rt_chan_recv(finished, NULL);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
