/* Wrong: the worker does not work, it starts a task for each number. All the numbers are squared at
 * once, however many there are. */
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
    rt_wait_group tasks;
};

struct item {
    struct squarer *squarer;
    int64_t n;
};

static void square_one(void *arg)
{
    struct item *item = arg;

    item->n = square(item->n);
    rt_chan_send(item->squarer->out, &item->n);
    rt_wait_group_done(&item->squarer->tasks);
    free(item);
}

static void run_squarer(void *arg)
{
    struct squarer *squarer = arg;
    int64_t n;

    while (rt_chan_recv(squarer->numbers, &n) == RT_OK) {
        struct item *item = malloc(sizeof *item);
        *item = (struct item){squarer, n};
        rt_wait_group_add(&squarer->tasks, 1);
        rt_go(square_one, item);
    }
    rt_wait_group_wait(&squarer->tasks);
    rt_chan_close(squarer->out);
    free(squarer);
}

rt_chan *square_all(rt_chan *numbers)
{
    struct squarer *squarer = calloc(1, sizeof *squarer);
    rt_chan *out = rt_chan_new(sizeof(int64_t), 0);

    squarer->numbers = numbers;
    squarer->out = out;
    rt_go(run_squarer, squarer);
    return out;
}

/* Shared by the tasks of one merge. The closer is the last to use it, and frees it. */
struct merger {
    rt_wait_group inputs;
    rt_chan *out;
};

struct input {
    struct merger *merger;
    rt_chan *in;
};

static void pass_on(void *arg)
{
    struct input *input = arg;
    int64_t value;

    while (rt_chan_recv(input->in, &value) == RT_OK)
        rt_chan_send(input->merger->out, &value);
    rt_wait_group_done(&input->merger->inputs);
    free(input);
}

static void close_when_done(void *arg)
{
    struct merger *merger = arg;

    rt_wait_group_wait(&merger->inputs);
    rt_chan_close(merger->out);
    free(merger);
}

rt_chan *merge(rt_chan **inputs, int n)
{
    struct merger *merger = calloc(1, sizeof *merger);
    rt_chan *out = rt_chan_new(sizeof(int64_t), 0);

    merger->out = out;
    rt_wait_group_add(&merger->inputs, n);
    for (int i = 0; i < n; i++) {
        struct input *input = malloc(sizeof *input);
        *input = (struct input){merger, inputs[i]};
        rt_go(pass_on, input);
    }
    rt_go(close_when_done, merger);
    return out;
}
