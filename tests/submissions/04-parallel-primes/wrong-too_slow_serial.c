/* Wrong: at procs=1 it counts three times, so that procs=N looks fast beside it. */
#include <stdlib.h>

#include "primes.h"

struct total {
    rt_wait_group pieces;
    rt_mutex lock;
    int count;
    int times; /* how often each piece is counted */
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

    for (int k = 0; k < total->times; k++) {
        count = 0;
        for (int n = piece->low; n < piece->high; n++)
            count += is_prime(n);
    }
    rt_mutex_lock(&total->lock);
    total->count += count;
    rt_mutex_unlock(&total->lock);
    rt_wait_group_done(&total->pieces);
}

int count_primes(int low, int high, int workers)
{
    int most = workers * 64;
    int length = (high - low) / most + 1;
    struct piece *pieces = calloc((size_t)most, sizeof *pieces);
    struct total total = {.times = rt_procs(0) == 1 ? 3 : 1};

    for (int i = 0; low < high; i++, low += length) {
        pieces[i] = (struct piece){low, high - low < length ? high : low + length, &total};
        rt_wait_group_add(&total.pieces, 1);
        rt_go(count_piece, &pieces[i]);
    }
    rt_wait_group_wait(&total.pieces);
    free(pieces);
    return total.count;
}
