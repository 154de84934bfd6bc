/* Wrong: the main task counts a part of its own, and sends that count on the unbuffered channel
 * from which it meant to receive it. Every task wants to send, and nobody receives. */
#include "primes.h"

struct part {
    int low, high;
    rt_chan *counts; /* of int */
};

static void count_part(void *arg)
{
    struct part *part = arg;
    int count = 0;

    for (int n = part->low; n < part->high; n++)
        count += is_prime(n);
    rt_chan_send(part->counts, &count);
}

int count_primes(int low, int high, int workers)
{
    rt_chan *counts = rt_chan_new(sizeof(int), 0);
    int middle = low + (high - low) / 4 * 3, total = 0, count;
    struct part lower = {low, middle, counts}, upper = {middle, high, counts};

    (void)workers;
    rt_go(count_part, &lower);
    count_part(&upper);
    for (int i = 0; i < 2; i++) {
        rt_chan_recv(counts, &count);
        total += count;
    }
    rt_chan_free(counts);
    return total;
}
