/* sieve.c - the prime sieve: a chain of tasks, one for each prime, each of which lets through only
 * what its prime doesn't divide. The first number to pass all filters is the next prime. */
#include "barista.h"

struct filter {
    rt_chan *in, *out;
    int64_t prime;
};

static void generate(void *arg)
{
    rt_chan *numbers = arg;
    for (int64_t number = 2;; number++) {
        rt_chan_send(numbers, &number);
    }
}

static void filter(void *arg)
{
    struct filter *me = arg;
    int64_t number;
    while (rt_chan_recv(me->in, &number) == RT_OK) {
        if (number % me->prime != 0) {
            rt_chan_send(me->out, &number);
        }
    }
}

/* The chain never ends by itself: its tasks are dropped when the main task returns. So their
 * filters and channels have to stay until the process exits. */
static struct filter *filters;

int64_t run_sieve(int64_t n)
{
    filters = new_array(n, sizeof *filters);
    rt_chan *numbers = new_chan(sizeof(int64_t), 0);
    int64_t prime = 0;
    start_task(generate, numbers);
    for (int64_t i = 0; i < n; i++) {
        rt_chan_recv(numbers, &prime);
        filters[i] = (struct filter){numbers, new_chan(sizeof(int64_t), 0), prime};
        start_task(filter, &filters[i]);
        numbers = filters[i].out;
    }
    return prime;
}
