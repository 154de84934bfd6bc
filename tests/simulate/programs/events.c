/* Five handlers, a hundred events of 10 ms that are in the buffer at once. */
#include "program.h"

#define HANDLERS 5

static rt_chan *events, *handled;

static void handle(void *arg)
{
    (void)arg;
    uint64_t event, sum = 0;
    while (rt_chan_recv(events, &event) == RT_OK) {
        rt_sleep(10 * RT_MS);
        sum += chain(event, 1000);
    }
    rt_chan_send(handled, &sum);
}

uint64_t program(int percent)
{
    uint64_t total = 0, sum;
    events = rt_chan_new(sizeof(uint64_t), 100);
    handled = rt_chan_new(sizeof(uint64_t), 0);
    for (int i = 0; i < HANDLERS; i++) {
        rt_go(handle, NULL);
    }
    for (uint64_t event = 0; event < (uint64_t)percent; event++) {
        rt_chan_send(events, &event);
    }
    rt_chan_close(events);
    for (int i = 0; i < HANDLERS; i++) {
        rt_chan_recv(handled, &sum);
        total += sum;
    }
    rt_chan_free(events);
    rt_chan_free(handled);
    return total;
}
