/* Wrong: the workers report after every piece, and all reports arrive; but nobody closes the
 * channel of pieces, so each worker waits for one more piece for ever. */
#include <stdlib.h>

#include "primes.h"

#define PIECES 128

struct piece {
    int low, high;
};

struct pool {
    rt_chan *pieces; /* of struct piece */
    rt_chan *counts; /* of int; one for each piece */
};

static void work(void *arg)
{
    struct pool *pool = arg;
    struct piece piece;

    while (rt_chan_recv(pool->pieces, &piece) == RT_OK) {
        int count = 0;
        for (int n = piece.low; n < piece.high; n++)
            count += is_prime(n);
        rt_chan_send(pool->counts, &count);
    }
}

int count_primes(int low, int high, int workers)
{
    struct pool *pool = malloc(sizeof *pool);
    int length = (high - low) / PIECES + 1, total = 0, sent = 0, count;

    pool->pieces = rt_chan_new(sizeof(struct piece), PIECES);
    pool->counts = rt_chan_new(sizeof(int), PIECES);
    for (int i = 0; i < workers; i++)
        rt_go(work, pool);
    for (; low < high; low += length, sent++) {
        struct piece piece = {low, high - low < length ? high : low + length};
        rt_chan_send(pool->pieces, &piece);
    }
    for (; sent > 0; sent--) {
        rt_chan_recv(pool->counts, &count);
        total += count;
    }
    return total;
}
