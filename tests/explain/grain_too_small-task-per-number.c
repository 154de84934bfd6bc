/* A task for each of two million numbers, in batches of a thousand: making a task takes longer than
 * what it does. */
/* expect: grain_too_small */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define ANSWER 439622525U /* as it is without tasks */

static _Atomic(uint32_t) sum;
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
    sum += work((uint32_t)(uintptr_t)arg, 20);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    uintptr_t number = 0;

    (void)arg;
    for (int batch = 0; batch < 2000; batch++) {
        rt_wait_group_add(&done, 1000);
        for (int i = 0; i < 1000; i++)
            rt_go(use, (void *)number++); /* here */
        rt_wait_group_wait(&done);
    }
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
