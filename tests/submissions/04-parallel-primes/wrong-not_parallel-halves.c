/* Wrong: an equal part of the range for each worker. The parts are equal in numbers, not in work:
 * the lower ones are done at once, and then their procs have nothing to do. */
#include "primes.h"

struct part {
    int low, high, count;
    rt_wait_group *done;
};

static void count_part(void *arg)
{
    struct part *part = arg;
    int count = 0;

    for (int n = part->low; n < part->high; n++)
        count += is_prime(n);
    part->count = count;
    rt_wait_group_done(part->done);
}

int count_primes(int low, int high, int workers)
{
    struct part parts[RT_MAX_PROCS];
    rt_wait_group done = {0};
    int length = (high - low) / workers;
    int total = 0;

    rt_wait_group_add(&done, workers);
    for (int i = 0; i < workers; i++) {
        int first = low + i * length;
        parts[i] = (struct part){first, i == workers - 1 ? high : first + length, 0, &done};
        rt_go(count_part, &parts[i]);
    }
    rt_wait_group_wait(&done);
    for (int i = 0; i < workers; i++)
        total += parts[i].count;
    return total;
}
