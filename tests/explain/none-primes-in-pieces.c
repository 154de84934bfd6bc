/* Counts primes in many pieces that workers take from a channel: who is done early takes one more.
 * Compare imbalance-primes-by-range.c. */
/* expect: none */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define LIMIT 40000
#define PIECE 100
#define ANSWER 4203U /* as it is without tasks */

static rt_chan *pieces;
static _Atomic(uint32_t) primes;
static rt_wait_group done;

static bool is_prime(uint32_t n)
{
    for (uint32_t divisor = 2; divisor < n; divisor++)
        if (n % divisor == 0)
            return false;
    return n >= 2;
}

static void count_primes(void *arg)
{
    uint32_t begin, mine = 0;

    (void)arg;
    while (rt_chan_recv(pieces, &begin) == RT_OK)
        for (uint32_t n = begin; n < begin + PIECE; n++)
            mine += is_prime(n);
    primes += mine;
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    int procs = rt_procs(0);

    (void)arg;
    pieces = rt_chan_new(sizeof(uint32_t), LIMIT / PIECE);
    rt_wait_group_add(&done, procs);
    for (int i = 0; i < procs; i++)
        rt_go(count_primes, NULL);
    for (uint32_t begin = LIMIT; begin > 0; begin -= PIECE) {
        uint32_t piece = begin - PIECE;
        rt_chan_send(pieces, &piece);
    }
    rt_chan_close(pieces);
    rt_wait_group_wait(&done);
    if (primes != ANSWER)
        abort();
    rt_chan_free(pieces);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
