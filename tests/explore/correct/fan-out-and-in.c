/* Three workers share two channels; who ends last closes the results. They come in any order, and the sum is the
 * same. */
/* expect: none */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

#define WORKERS 3
static rt_chan *jobs, *results;
static _Atomic(int) active = WORKERS;

static void work(void *arg)
{
    int job;

    (void)arg;
    while (rt_chan_recv(jobs, &job) == RT_OK) {
        job *= 2;
        rt_chan_send(results, &job);
    }
    if (atomic_fetch_sub(&active, 1) == 1)
        rt_chan_close(results);
}

static void main_task(void *arg)
{
    int result, sum = 0;

    (void)arg;
    jobs = rt_chan_new(sizeof(int), 5);
    results = rt_chan_new(sizeof(int), 0);
    for (int i = 0; i < WORKERS; i++)
        rt_go(work, NULL);
    for (int i = 1; i <= 5; i++)
        rt_chan_send(jobs, &i);
    rt_chan_close(jobs);
    while (rt_chan_recv(results, &result) == RT_OK)
        sum += result;
    if (sum != 30)
        abort();
    rt_chan_free(results);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
