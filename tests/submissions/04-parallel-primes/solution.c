/* A right answer to lesson 04: a pool of workers, and a job is a piece of the range.
 *
 * The pieces are many, so that the last of them are small against the whole and all workers finish
 * nearly together. Each worker adds up in a variable of its own and sends one number at the end. */
#include "primes.h"

/* A worker idles at the end for as long as the dearest piece takes, at most: some percent of the
 * whole. And a piece still takes far longer than handing it out. */
#define PIECES_PER_WORKER 64

struct piece {
    int low, high;
};

struct pool {
    rt_chan *pieces; /* of struct piece; closed after the last one */
    rt_chan *counts; /* of int; one from each worker */
};

static void work(void *arg)
{
    struct pool *pool = arg;
    struct piece piece;
    int count = 0;

    while (rt_chan_recv(pool->pieces, &piece) == RT_OK) {
        for (int n = piece.low; n < piece.high; n++)
            count += is_prime(n);
    }
    rt_chan_send(pool->counts, &count);
}

/* Sends the whole range, cut into pieces; the last one may be shorter. */
static void hand_out(rt_chan *pieces, int low, int high, int workers)
{
    int length = (high - low) / (workers * PIECES_PER_WORKER) + 1;

    for (; low < high; low += length) {
        struct piece piece = {low, high - low < length ? high : low + length};
        rt_chan_send(pieces, &piece);
    }
    rt_chan_close(pieces);
}

int count_primes(int low, int high, int workers)
{
    struct pool pool = {
        .pieces = rt_chan_new(sizeof(struct piece), 0),
        .counts = rt_chan_new(sizeof(int), 0),
    };
    int total = 0;

    for (int i = 0; i < workers; i++)
        rt_go(work, &pool);
    hand_out(pool.pieces, low, high, workers);
    for (int i = 0; i < workers; i++) {
        int count;
        rt_chan_recv(pool.counts, &count);
        total += count;
    }
    rt_chan_free(pool.counts);
    rt_chan_free(pool.pieces);
    return total;
}
