/* The worker polls for a job with a select that has a default, finds none, says that it is idle, and sleeps until it is
 * woken. The job may come after the poll and before the flag: then nobody is idle yet, nobody is woken, and the
 * event is missed. It should poll again after it has set the flag. */
/* expect: lost_wake_up */
#include <stdatomic.h>

#include "rt.h"

static rt_chan *jobs, *wake, *finished;
static _Atomic(bool) idle;

static void work(void *arg)
{
    rt_case poll[] = {RT_RECV(jobs, NULL)};

    (void)arg;
    while (rt_select(poll, 1, RT_NO_WAIT) == RT_EAGAIN) {
        atomic_store(&idle, true);
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
