/* Eight producers over one channel of capacity 16, one consumer that has a tenth of the work. */
#include "program.h"

#define PRODUCERS 8

static rt_chan *merged;
static int each;

static void produce(void *arg)
{
    uint64_t stream = (uint64_t)(intptr_t)arg;
    for (int i = 0; i < each; i++) {
        uint64_t item = chain(draw(&stream), 9000);
        rt_chan_send(merged, &item);
    }
}

uint64_t program(int percent)
{
    uint64_t item, check = 0;
    each = 20 * percent;
    merged = rt_chan_new(sizeof item, 16);
    for (intptr_t i = 0; i < PRODUCERS; i++) {
        rt_go(produce, (void *)i);
    }
    for (int i = 0; i < PRODUCERS * each; i++) {
        rt_chan_recv(merged, &item);
        check += chain(item, 1000);
    }
    rt_chan_free(merged);
    return check;
}
