/* pingpong.c - a value goes to another task and back, over two unbuffered channels. */
#include "barista.h"

struct table {
    rt_chan *ping, *pong;
};

static void send_back(void *arg)
{
    struct table *table = arg;
    int64_t value;
    while (rt_chan_recv(table->ping, &value) == RT_OK) {
        rt_chan_send(table->pong, &value);
    }
    rt_chan_close(table->pong);
}

int64_t run_pingpong(int64_t n)
{
    struct table table = {new_chan(sizeof(int64_t), 0), new_chan(sizeof(int64_t), 0)};
    int64_t value, sum = 0;
    start_task(send_back, &table);
    for (int64_t i = 0; i < n; i++) {
        rt_chan_send(table.ping, &i);
        rt_chan_recv(table.pong, &value);
        sum += value;
    }
    rt_chan_close(table.ping);
    if (rt_chan_recv(table.pong, &value) != RT_ECLOSED) {
        bench_fail("one more value came back than was sent");
    }
    rt_chan_free(table.ping);
    rt_chan_free(table.pong);
    return sum;
}
