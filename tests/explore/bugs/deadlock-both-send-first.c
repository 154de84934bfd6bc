/* Two tasks want to swap values over unbuffered channels. Each sends first and receives then, so neither ever
 * receives. In every schedule. */
/* expect: deadlock */
#include "rt.h"

static rt_chan *there, *back;

static void answer(void *arg)
{
    int mine = 2, other;

    (void)arg;
    rt_chan_send(back, &mine);
    rt_chan_recv(there, &other);
}

static void main_task(void *arg)
{
    int mine = 1, other;

    (void)arg;
    there = rt_chan_new(sizeof(int), 0);
    back = rt_chan_new(sizeof(int), 0);
    rt_go(answer, NULL);
    rt_chan_send(there, &mine);
    rt_chan_recv(back, &other);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
