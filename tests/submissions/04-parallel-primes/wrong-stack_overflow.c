/* Wrong: a sieve with a byte for each number, as a local variable. A task's stack is far smaller
 * than a thread's, because there are so many tasks. */
#include <string.h>

#include "primes.h"

struct part {
    int low, high, count;
    rt_wait_group done;
};

static void sieve(void *arg)
{
    struct part *part = arg;
    unsigned char composite[part->high];

    memset(composite, 0, (size_t)part->high);
    for (int d = 2; d <= part->high / d; d++) {
        for (int multiple = d * d; multiple < part->high; multiple += d)
            composite[multiple] = 1;
    }
    for (int n = part->low < 2 ? 2 : part->low; n < part->high; n++)
        part->count += !composite[n];
    rt_wait_group_done(&part->done);
}

int count_primes(int low, int high, int workers)
{
    struct part part = {.low = low, .high = high};

    (void)workers;
    rt_wait_group_add(&part.done, 1);
    rt_go(sieve, &part);
    rt_wait_group_wait(&part.done);
    return part.count;
}
