/* How long a pseudo-random sequence goes on before it repeats itself (Brent 1980), for many moduli: a pool of four
 * workers takes them from a channel. The lengths, and so the costs, are as good as random. */
#include "program.h"

#define WORKERS 4

static rt_chan *moduli, *sums;

static uint64_t cycle_length(uint64_t modulus)
{
    uint64_t power = 1, length = 1, tortoise = 2, hare = 5 % modulus;
    while (tortoise != hare) {
        if (power == length) {
            tortoise = hare;
            power *= 2;
            length = 0;
        }
        hare = (hare * hare + 1) % modulus;
        length++;
    }
    return length;
}

static void work(void *arg)
{
    (void)arg;
    uint64_t modulus, sum = 0;
    while (rt_chan_recv(moduli, &modulus) == RT_OK) {
        sum += cycle_length(modulus);
    }
    rt_chan_send(sums, &sum);
}

uint64_t program(int percent)
{
    uint64_t total = 0, sum;
    moduli = rt_chan_new(sizeof(uint64_t), 0);
    sums = rt_chan_new(sizeof sum, WORKERS);
    for (int i = 0; i < WORKERS; i++) {
        rt_go(work, NULL);
    }
    for (uint64_t i = 0; i < 12 * (uint64_t)percent; i++) {
        uint64_t modulus = 1000000007 + 1009 * i;
        rt_chan_send(moduli, &modulus);
    }
    rt_chan_close(moduli);
    for (int i = 0; i < WORKERS; i++) {
        rt_chan_recv(sums, &sum);
        total += sum;
    }
    rt_chan_free(moduli);
    rt_chan_free(sums);
    return total;
}
