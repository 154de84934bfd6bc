/* The primes below 1000 by a chain of filters: each prime is a task that drops its multiples and hands on the rest,
 * one number at a time. All again and again: a longer chain would be about caches. */
#include "program.h"

#define BELOW 1000
#define PRIMES 168

struct filter {
    rt_chan *in, *out;
    int prime;
};

static struct filter filters[PRIMES];
static rt_chan *ends[PRIMES + 1];

static void numbers(void *arg)
{
    rt_chan *out = arg;
    for (int n = 2; n < BELOW; n++) {
        rt_chan_send(out, &n);
    }
    rt_chan_close(out);
}

static void drop_multiples(void *arg)
{
    const struct filter *filter = arg;
    int n;
    while (rt_chan_recv(filter->in, &n) == RT_OK) {
        if (n % filter->prime != 0) {
            rt_chan_send(filter->out, &n);
        }
    }
    rt_chan_close(filter->out);
}

uint64_t program(int percent)
{
    uint64_t sum = 0;
    for (int round = 0; round < percent; round++) {
        ends[0] = rt_chan_new(sizeof(int), 0);
        rt_go(numbers, ends[0]);
        for (int i = 0; i < PRIMES; i++) {
            int prime;
            rt_chan_recv(ends[i], &prime);
            sum = sum * 31 + (uint64_t)prime;
            ends[i + 1] = rt_chan_new(sizeof(int), 0);
            filters[i] = (struct filter){ends[i], ends[i + 1], prime};
            rt_go(drop_multiples, &filters[i]);
        }
        rt_chan_recv(ends[PRIMES], NULL); /* closed */
        for (int i = 0; i <= PRIMES; i++) {
            rt_chan_free(ends[i]);
        }
    }
    return sum;
}
