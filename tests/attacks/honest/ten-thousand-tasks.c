/* ten-thousand-tasks.c - has ten thousand tasks wait on one channel. */
#include "honest.h"

static void send_one(void *channel)
{
    int one = 1;
    rt_chan_send(channel, &one);
}

static void main_task(void *unused)
{
    (void)unused;
    rt_chan *channel = rt_chan_new(sizeof(int), 0);
    must(channel != NULL, "rt_chan_new");
    for (int i = 0; i < 10000; i++)
        must(rt_go(send_one, channel) == RT_OK, "rt_go");
    int sum = 0, one;
    for (int i = 0; i < 10000; i++) {
        must(rt_chan_recv(channel, &one) == RT_OK, "rt_chan_recv");
        sum += one;
    }
    must(sum == 10000, "sum");
    rt_chan_free(channel);
}

int main(void)
{
    return run_as_task(main_task);
}
