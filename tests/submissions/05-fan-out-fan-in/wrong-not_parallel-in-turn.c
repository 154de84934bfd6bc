/* Wrong: merge empties one input to its end before it looks at the next. The other workers square
 * one number each, cannot hand it over, and stand still, so the first worker does nearly all of the
 * work. */
#include <stdlib.h>

#include "pipeline.h"

struct source {
    const int64_t *values;
    int count;
    rt_chan *out;
};

static void run_source(void *arg)
{
    struct source *source = arg;

    for (int i = 0; i < source->count; i++)
        rt_chan_send(source->out, &source->values[i]);
    rt_chan_close(source->out);
    free(source);
}

rt_chan *generate(const int64_t *values, int count)
{
    struct source *source = malloc(sizeof *source);
    rt_chan *out = rt_chan_new(sizeof(int64_t), 0);

    *source = (struct source){values, count, out};
    rt_go(run_source, source);
    return out;
}

struct squarer {
    rt_chan *numbers, *out;
};

static void run_squarer(void *arg)
{
    struct squarer *squarer = arg;
    int64_t n;

    while (rt_chan_recv(squarer->numbers, &n) == RT_OK) {
        n = square(n);
        rt_chan_send(squarer->out, &n);
    }
    rt_chan_close(squarer->out);
    free(squarer);
}

rt_chan *square_all(rt_chan *numbers)
{
    struct squarer *squarer = malloc(sizeof *squarer);
    rt_chan *out = rt_chan_new(sizeof(int64_t), 0);

    *squarer = (struct squarer){numbers, out};
    rt_go(run_squarer, squarer);
    return out;
}

struct merger {
    rt_chan **inputs;
    int n;
    rt_chan *out;
};

static void run_merger(void *arg)
{
    struct merger *merger = arg;
    int64_t value;

    for (int i = 0; i < merger->n; i++) {
        while (rt_chan_recv(merger->inputs[i], &value) == RT_OK)
            rt_chan_send(merger->out, &value);
    }
    rt_chan_close(merger->out);
    free(merger);
}

rt_chan *merge(rt_chan **inputs, int n)
{
    struct merger *merger = malloc(sizeof *merger);
    rt_chan *out = rt_chan_new(sizeof(int64_t), 0);

    *merger = (struct merger){inputs, n, out};
    rt_go(run_merger, merger);
    return out;
}
