/* Three equal parts. Two procs need two rounds for them, in the second of which one proc is idle; four
 * procs and more have three parts to do. The parts are too coarse. */
/* expect: imbalance */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define MS 600000          /* so many steps take about a millisecond */
#define ANSWER 2263375043U /* as it is without tasks */

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
    sum += work((uint32_t)(uintptr_t)arg, 30 * MS);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    for (uintptr_t part = 0; part < 3; part++)
        rt_go(use, (void *)part); /* here */
    rt_wait_group_wait(&done);
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
