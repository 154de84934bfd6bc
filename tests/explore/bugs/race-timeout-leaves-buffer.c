/* Main waits for the reply for a limited time, and then takes the buffer back. The server was only late and fills it
 * now. The race is there in just those schedules in which the time runs out. */
/* expect: race */
#include <stdlib.h>

#include "rt.h"

static int buffer[2];
static rt_chan *replied;

static void serve(void *arg)
{
    (void)arg;
    buffer[0] = 5;
    buffer[1] = 6;
    rt_chan_send(replied, NULL);
}

static void main_task(void *arg)
{
    (void)arg;
    replied = rt_chan_new(0, 1);
    rt_case reply[] = {RT_RECV(replied, NULL)};
    rt_go(serve, NULL);
    if (rt_select(reply, 1, 20 * RT_US) == RT_ETIMEDOUT)
        buffer[0] = buffer[1] = 0;
    if (buffer[0] + buffer[1] > 11)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
