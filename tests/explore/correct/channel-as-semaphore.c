/* A buffered channel with room for one works as a lock: sending takes it, receiving gives it back. The k-th receive comes
 * before the (k+1)-th send's return; a checker that only knows "send before receive" sees a race. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static int total;
static rt_chan *turn;
static rt_wait_group done;

static void add(void *arg)
{
    (void)arg;
    for (int i = 0; i < 2; i++) {
        rt_chan_send(turn, NULL);
        total++;
        rt_chan_recv(turn, NULL);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    turn = rt_chan_new(0, 1);
    rt_wait_group_add(&done, 3);
    for (int i = 0; i < 3; i++)
        rt_go(add, NULL);
    rt_wait_group_wait(&done);
    if (total != 6)
        abort();
    rt_chan_free(turn);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
