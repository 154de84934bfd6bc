/* A report at each tick of 5 ms, which takes a fifth of that, while another task computes all along. */
#include "program.h"

static rt_chan *stop, *stopped;
static uint64_t computed;

static void compute(void *arg)
{
    (void)arg;
    while (rt_chan_try_recv(stop, NULL) == RT_EAGAIN) {
        computed = chain(computed + 1, 10000);
    }
    rt_chan_send(stopped, NULL);
}

uint64_t program(int percent)
{
    uint64_t check = 0;
    rt_ticker *ticker = rt_ticker_new(5 * RT_MS);
    stop = rt_chan_new(0, 0);
    stopped = rt_chan_new(0, 0);
    rt_go(compute, NULL);
    for (int tick = 0; tick < 60 * percent / 100; tick++) {
        rt_chan_recv(rt_ticker_chan(ticker), NULL);
        check ^= chain((uint64_t)tick, 500000);
    }
    rt_chan_send(stop, NULL);
    rt_chan_recv(stopped, NULL);
    rt_ticker_free(ticker);
    rt_chan_free(stop);
    rt_chan_free(stopped);
    return check;
}
