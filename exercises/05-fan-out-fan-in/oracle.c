/* oracle.c - the expected answer of lesson 05, by plain sequential code.
 *
 * It keeps to the interface of the stages, but there is not one task in it: each stage does all of
 * its work at once, into a channel with room for everything. */
#include <stdlib.h>

#include "pipeline.h"

rt_chan *generate(const int64_t *values, int count)
{
    rt_chan *out = rt_chan_new(sizeof(int64_t), (size_t)count);

    for (int i = 0; i < count; i++)
        rt_chan_send(out, &values[i]);
    rt_chan_close(out);
    return out;
}

rt_chan *square_all(rt_chan *numbers)
{
    rt_chan *out = rt_chan_new(sizeof(int64_t), rt_chan_len(numbers));
    int64_t n;

    while (rt_chan_recv(numbers, &n) == RT_OK) {
        n = square(n);
        rt_chan_send(out, &n);
    }
    rt_chan_close(out);
    return out;
}

rt_chan *merge(rt_chan **inputs, int n)
{
    size_t total = 0;
    rt_chan *out;
    int64_t value;

    for (int i = 0; i < n; i++)
        total += rt_chan_len(inputs[i]);
    out = rt_chan_new(sizeof(int64_t), total);
    for (int i = 0; i < n; i++) {
        while (rt_chan_recv(inputs[i], &value) == RT_OK)
            rt_chan_send(out, &value);
    }
    rt_chan_close(out);
    return out;
}
