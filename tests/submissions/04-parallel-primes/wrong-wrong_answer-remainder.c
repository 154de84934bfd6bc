/* Wrong: the range is cut into pieces of equal length, and what the division leaves over belongs to
 * no piece. The primes in that rest are missing - the last hundreds of numbers, here. */
#include "primes.h"

#define PIECES 1000

static int low_end, length;
static rt_chan *pieces; /* of int: numbers of pieces */
static rt_chan *counts; /* of int; one from each worker */

static void work(void *arg)
{
    int piece, count = 0;

    (void)arg;
    while (rt_chan_recv(pieces, &piece) == RT_OK) {
        for (int n = 0; n < length; n++)
            count += is_prime(low_end + piece * length + n);
    }
    rt_chan_send(counts, &count);
}

int count_primes(int low, int high, int workers)
{
    int total = 0;

    low_end = low;
    length = (high - low) / PIECES;
    pieces = rt_chan_new(sizeof(int), 0);
    counts = rt_chan_new(sizeof(int), 0);
    for (int i = 0; i < workers; i++)
        rt_go(work, NULL);
    for (int piece = 0; piece < PIECES; piece++)
        rt_chan_send(pieces, &piece);
    rt_chan_close(pieces);
    for (int i = 0; i < workers; i++) {
        int count;
        rt_chan_recv(counts, &count);
        total += count;
    }
    return total;
}
