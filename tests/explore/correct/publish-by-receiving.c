/* An unbuffered channel orders both ways: the receive comes before the send's return. So what the receiver wrote before
 * it received, the sender may read. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static int reply;
static rt_chan *meeting;

static void answer(void *arg)
{
    (void)arg;
    reply = 7;
    rt_chan_recv(meeting, NULL);
}

static void main_task(void *arg)
{
    (void)arg;
    meeting = rt_chan_new(0, 0);
    rt_go(answer, NULL);
    rt_chan_send(meeting, NULL);
    if (reply != 7)
        abort();
    rt_chan_free(meeting);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
