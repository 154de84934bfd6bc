/* Wrong: no stage starts a task. The first square_all does all the work before it returns; the
 * stages after it find nothing left to do. */
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
    rt_chan *out;
    size_t total = 0;
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
