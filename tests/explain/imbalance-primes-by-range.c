/* Counts primes by trial division in one range of numbers for each proc. All ranges have the same
 * length, but the larger the numbers, the longer each prime takes: the last range ends long after the
 * first. */
/* expect: imbalance */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define LIMIT 40000
#define ANSWER 4203U /* as it is without tasks */

struct range {
    uint32_t begin, end, primes;
};

static rt_wait_group done;

/* A learner's test: it tries all numbers below n. */
static bool is_prime(uint32_t n)
{
    for (uint32_t divisor = 2; divisor < n; divisor++)
        if (n % divisor == 0)
            return false;
    return n >= 2;
}

static void count_primes(void *arg)
{
    struct range *range = arg;
    uint32_t primes = 0;

    for (uint32_t n = range->begin; n < range->end; n++)
        primes += is_prime(n);
    range->primes = primes;
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    struct range ranges[RT_MAX_PROCS];
    uint32_t procs = (uint32_t)rt_procs(0), primes = 0;

    (void)arg;
    rt_wait_group_add(&done, procs);
    for (uint32_t i = 0; i < procs; i++) {
        ranges[i] = (struct range){LIMIT * i / procs, LIMIT * (i + 1) / procs, 0};
        rt_go(count_primes, &ranges[i]); /* here */
    }
    rt_wait_group_wait(&done);
    for (uint32_t i = 0; i < procs; i++)
        primes += ranges[i].primes;
    if (primes != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
