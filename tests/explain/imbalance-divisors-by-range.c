/* Counts the divisors of all numbers up to 9000, by trying all that are not greater. One range of equal
 * length for each proc - but the greater the number, the more there is to try. */
/* expect: imbalance */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define LAST 9000
#define ANSWER 83358U /* as it is without tasks */

struct range {
    uint32_t first, last;
};
static _Atomic(uint32_t) sum;
static rt_wait_group done;

static void check(uint32_t answer)
{
    if (answer != ANSWER)
        abort();
}

static uint32_t count_divisors(uint32_t n)
{
    uint32_t divisors = 0;

    for (uint32_t d = 1; d <= n; d++)
        divisors += n % d == 0;
    return divisors;
}

static void count(void *arg)
{
    const struct range *range = arg;

    for (uint32_t n = range->first; n <= range->last; n++)
        sum += count_divisors(n);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    struct range ranges[RT_MAX_PROCS];
    uint32_t procs = (uint32_t)rt_procs(0);

    (void)arg;
    rt_wait_group_add(&done, procs);
    for (uint32_t i = 0; i < procs; i++) {
        ranges[i] = (struct range){LAST * i / procs + 1, LAST * (i + 1) / procs};
        rt_go(count, &ranges[i]); /* here */
    }
    rt_wait_group_wait(&done);
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
