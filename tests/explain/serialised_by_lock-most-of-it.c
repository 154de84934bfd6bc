/* A good deal of each round needs no lock, but nine tenths of it are under the lock, and so the lock's
 * holder is all that runs. */
/* expect: serialised_by_lock */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define MS 600000         /* so many steps take about a millisecond */
#define ANSWER 575916762U /* as it is without tasks */

static uint32_t sum;
static rt_mutex lock;
static rt_wait_group done;

static void check(uint32_t answer)
{
    if (answer != ANSWER)
        abort();
}

/* The loop's result goes into the answer, so that no compiler can leave it out. */
static uint32_t work(uint32_t x, int steps)
{
    for (int i = 0; i < steps; i++)
        x = (x ^ (x >> 15)) * UINT32_C(0x2c1b3c6d) + 1;
    return x;
}

static void use(void *arg)
{
    uint32_t seed = (uint32_t)(uintptr_t)arg;

    for (uint32_t i = 0; i < 10; i++) {
        uint32_t prepared = work(seed + i, MS / 10);
        rt_mutex_lock(&lock); /* here */
        sum += work(prepared, MS * 9 / 10);
        rt_mutex_unlock(&lock);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 10);
    for (uintptr_t task = 0; task < 10; task++)
        rt_go(use, (void *)task);
    rt_wait_group_wait(&done);
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
