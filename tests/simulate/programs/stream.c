/* One producer, one consumer, a buffer of 128: each number costs about as much to make as to use,
 * some hundreds of nanoseconds. Outside: to bring the channel over from another CPU takes between a
 * tenth of that and all of it, depending on where the host has put the CPUs of a virtual machine
 * this hour. */
#include "program.h"

static rt_chan *numbers;
static int count;

static void produce(void *arg)
{
    (void)arg;
    for (int i = 0; i < count; i++) {
        uint64_t number = chain((uint64_t)i, 200);
        rt_chan_send(numbers, &number);
    }
    rt_chan_close(numbers);
}

uint64_t program(int percent)
{
    uint64_t number, check = 0;
    count = 3000 * percent;
    numbers = rt_chan_new(sizeof number, 128);
    rt_go(produce, NULL);
    while (rt_chan_recv(numbers, &number) == RT_OK) {
        check += chain(number, 200);
    }
    rt_chan_free(numbers);
    return check;
}
