/* Wrong: the lock that protects the total is held while a piece is counted, so one piece is counted
 * at a time. */
#include <stdlib.h>

#include "primes.h"

struct total {
    rt_wait_group pieces;
    rt_mutex lock;
    int count;
};

struct piece {
    int low, high;
    struct total *total;
};

static void count_piece(void *arg)
{
    struct piece *piece = arg;
    struct total *total = piece->total;

    rt_mutex_lock(&total->lock);
    for (int n = piece->low; n < piece->high; n++)
        total->count += is_prime(n);
    rt_mutex_unlock(&total->lock);
    rt_wait_group_done(&total->pieces);
}

int count_primes(int low, int high, int workers)
{
    int most = workers * 64;
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
