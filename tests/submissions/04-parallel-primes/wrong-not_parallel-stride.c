/* Wrong: the numbers are dealt out like cards. With two workers, one gets every even number, which
 * one division finishes off, and the other one gets all the primes. */
#include "primes.h"

struct hand {
    int first, high, step, count;
    rt_wait_group *done;
};

static void count_hand(void *arg)
{
    struct hand *hand = arg;
    int count = 0;

    for (int n = hand->first; n < hand->high; n += hand->step)
        count += is_prime(n);
    hand->count = count;
    rt_wait_group_done(hand->done);
}

int count_primes(int low, int high, int workers)
{
    struct hand hands[RT_MAX_PROCS];
    rt_wait_group done = {0};
    int total = 0;

    rt_wait_group_add(&done, workers);
    for (int i = 0; i < workers; i++) {
        hands[i] = (struct hand){low + i, high, workers, 0, &done};
        rt_go(count_hand, &hands[i]);
    }
    rt_wait_group_wait(&done);
    for (int i = 0; i < workers; i++)
        total += hands[i].count;
    return total;
}
