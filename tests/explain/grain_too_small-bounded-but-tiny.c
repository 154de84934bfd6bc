/* Counts the numbers up to half a million that the square of their digit sum divides: a task for each,
 * and a semaphore so that there are never more than sixteen. That bounds the tasks, but it doesn't make
 * them any larger. */
/* expect: grain_too_small */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define NUMBERS 500000
#define ANSWER 2173U /* as it is without tasks */

static _Atomic(uint32_t) found;
static rt_semaphore slots = {.permits = 16};
static rt_wait_group done;

static uint32_t digit_sum(uint32_t n)
{
    uint32_t sum = 0;

    for (; n > 0; n /= 10)
        sum += n % 10;
    return sum;
}

static void examine(void *arg)
{
    uint32_t n = (uint32_t)(uintptr_t)arg, sum = digit_sum(n);

    if (n % (sum * sum) == 0)
        found++;
    rt_semaphore_release(&slots);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, NUMBERS);
    for (uintptr_t n = 1; n <= NUMBERS; n++) {
        rt_semaphore_acquire(&slots); /* here */
        rt_go(examine, (void *)n);    /* here */
    }
    rt_wait_group_wait(&done);
    if (found != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
