/* A right answer to lesson 04 without channels: a task for each piece of the range. Tasks are
 * cheap, so some hundreds of them cost nothing, and the scheduler does what a pool would: a proc
 * that is free takes the next task. A lock protects the total; each task takes it once. */
#include <stdlib.h>

#include "primes.h"

#define PIECES_PER_WORKER 64

struct total {
    rt_wait_group pieces;
    rt_mutex lock;
    int count; /* `lock` guards it */
};

struct piece {
    int low, high;
    struct total *total;
};

static void count_piece(void *arg)
{
    struct piece *piece = arg;
    struct total *total = piece->total;
    int count = 0;

    for (int n = piece->low; n < piece->high; n++)
        count += is_prime(n);
    rt_mutex_lock(&total->lock);
    total->count += count;
    rt_mutex_unlock(&total->lock);
    rt_wait_group_done(&total->pieces);
}

int count_primes(int low, int high, int workers)
{
    int most = workers * PIECES_PER_WORKER;
    int length = (high - low) / most + 1;
    struct piece *pieces = calloc((size_t)most, sizeof *pieces);
    struct total total = {0};

    for (int i = 0; low < high; i++, low += length) {
        pieces[i] = (struct piece){low, high - low < length ? high : low + length, &total};
        rt_wait_group_add(&total.pieces, 1);
        rt_go(count_piece, &pieces[i]);
    }
    rt_wait_group_wait(&total.pieces);
    free(pieces);
    return total.count;
}
