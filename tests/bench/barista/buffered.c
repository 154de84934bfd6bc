/* buffered.c - one task produces values, another consumes them, through a buffered channel. */
#include "barista.h"

struct producer {
    rt_chan *values;
    int64_t count;
};

static void produce(void *arg)
{
    struct producer *me = arg;
    for (int64_t i = 0; i < me->count; i++) {
        rt_chan_send(me->values, &i);
    }
    rt_chan_close(me->values);
}

int64_t run_buffered(int64_t n)
{
    struct producer producer = {new_chan(sizeof(int64_t), BUFFERED_CAPACITY), n};
    int64_t value, in_order = 0;
    start_task(produce, &producer);
    while (rt_chan_recv(producer.values, &value) == RT_OK) {
        in_order += value == in_order;
    }
    rt_chan_free(producer.values);
    return in_order;
}
