/* A number goes to a task and back, over unbuffered channels: two tasks, of which only one can ever run. */
#include "program.h"

static rt_chan *there, *back;

static void player(void *arg)
{
    int64_t ball;
    (void)arg;
    while (rt_chan_recv(there, &ball) == RT_OK) {
        ball++;
        rt_chan_send(back, &ball);
    }
}

uint64_t program(int percent)
{
    int64_t ball = 0;
    there = rt_chan_new(sizeof ball, 0);
    back = rt_chan_new(sizeof ball, 0);
    rt_go(player, NULL);
    for (int i = 0; i < 30000 * percent; i++) {
        rt_chan_send(there, &ball);
        rt_chan_recv(back, &ball);
    }
    rt_chan_close(there);
    return (uint64_t)ball;
}
