/* Wrong: the tasks add to one total without a lock. Between reading the total and writing it back
 * others run, and what they add is lost. (The rt_yield makes sure that they run just then; without
 * it the count would be wrong now and then, which is worse.) */
#include <stdlib.h>

#include "primes.h"

struct total {
    rt_wait_group pieces;
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
    int count = 0, before;

    for (int n = piece->low; n < piece->high; n++)
        count += is_prime(n);
    before = total->count;
    rt_yield();
    total->count = before + count;
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
