/* Workers have a channel for results and one for errors, and main listens to the results only. An error is there only
 * when two workers meet at the device. Hard to hit. */
/* expect: leak */
#include <stdatomic.h>

#include "rt.h"

static rt_chan *results, *errors;
static _Atomic(int) users;

static void work(void *arg)
{
    int value = 1;
    bool busy = atomic_fetch_add(&users, 1) > 0;

    (void)arg;
    atomic_fetch_sub(&users, 1);
    rt_chan_send(results, &value);
    if (busy)
        rt_chan_send(errors, &value);
}

static void main_task(void *arg)
{
    int value;

    (void)arg;
    results = rt_chan_new(sizeof(int), 3);
    errors = rt_chan_new(sizeof(int), 0);
    for (int i = 0; i < 3; i++)
        rt_go(work, NULL);
    for (int i = 0; i < 3; i++)
        rt_chan_recv(results, &value);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
