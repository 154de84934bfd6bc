/* "When the send returns, the other one has it" holds for an unbuffered channel. This one has a buffer, so the send
 * returns at once, and main reads the reply while it is being written. */
/* expect: race */
#include <stdlib.h>

#include "rt.h"

static int reply;
static rt_chan *questions;

static void answer(void *arg)
{
    (void)arg;
    reply = 7;
    rt_chan_recv(questions, NULL);
}

static void main_task(void *arg)
{
    (void)arg;
    questions = rt_chan_new(0, 1);
    rt_go(answer, NULL);
    rt_chan_send(questions, NULL);
    if (reply > 7)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
