/* A lock of an atomic exchange, which is held for half a millisecond at a time. Who waits for it asks
 * again and again, and keeps a proc busy with that. */
/* expect: spinning */
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define MS 600000          /* so many steps take about a millisecond */
#define ANSWER 2753686774U /* as it is without tasks */

static _Atomic(bool) locked;
static uint32_t sum;
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

    for (uint32_t i = 0; i < 20; i++) {
        while (atomic_exchange(&locked, true)) /* here */
            rt_yield();                        /* here */
        sum += work(seed + i, MS / 2);
        atomic_store(&locked, false);
        rt_yield();
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 8);
    for (uintptr_t task = 0; task < 8; task++)
        rt_go(use, (void *)task);
    rt_wait_group_wait(&done);
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
