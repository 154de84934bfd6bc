/* A right answer to lesson 05 with one task that merges: it waits for all inputs at once with a
 * select. An input that has ended is replaced by NULL, a channel on which nothing ever happens, so
 * the select does not look at it again. */
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
    rt_chan *inputs[MAX_WORKERS];
    int n;
    rt_chan *out;
};

static void run_merger(void *arg)
{
    struct merger *merger = arg;
    rt_case cases[MAX_WORKERS];
    int open = merger->n;
    int64_t value;

    for (int i = 0; i < merger->n; i++)
        cases[i] = RT_RECV(merger->inputs[i], &value);
    while (open > 0) {
        int i = rt_select(cases, merger->n, RT_FOREVER);
        if (cases[i].status == RT_OK) {
            rt_chan_send(merger->out, &value);
        } else {
            cases[i].chan = NULL;
            open--;
        }
    }
    rt_chan_close(merger->out);
    free(merger);
}

rt_chan *merge(rt_chan **inputs, int n)
{
    struct merger *merger = calloc(1, sizeof *merger);
    rt_chan *out = rt_chan_new(sizeof(int64_t), 0);

    for (int i = 0; i < n; i++)
        merger->inputs[i] = inputs[i];
    merger->n = n;
    merger->out = out;
    rt_go(run_merger, merger);
    return out;
}
