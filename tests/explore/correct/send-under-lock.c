/* Sending on an unbuffered channel while holding a lock looks like a deadlock to be. The receiver does not need that
 * lock, so it is none. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static int sent;
static rt_mutex lock;
static rt_chan *values;

static void produce(void *arg)
{
    (void)arg;
    for (int i = 0; i < 2; i++) {
        rt_mutex_lock(&lock);
        rt_chan_send(values, &sent);
        sent++;
        rt_mutex_unlock(&lock);
    }
}

static void main_task(void *arg)
{
    int sum = 0, value;

    (void)arg;
    values = rt_chan_new(sizeof(int), 0);
    rt_go(produce, NULL);
    rt_go(produce, NULL);
    for (int i = 0; i < 4; i++) {
        rt_chan_recv(values, &value);
        sum += value;
    }
    if (sum != 6)
        abort();
    rt_mutex_lock(&lock);
    rt_mutex_unlock(&lock);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
