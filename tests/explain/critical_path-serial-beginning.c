/* Main prepares for most of the time before it starts the tasks. */
/* expect: critical_path */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define MS 600000          /* so many steps take about a millisecond */
#define ANSWER 3658587730U /* as it is without tasks */

static _Atomic(uint32_t) sum;
static uint32_t prepared;
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
    sum += work(prepared + (uint32_t)(uintptr_t)arg, MS);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    prepared = work(1, 80 * MS);  /* here */
    rt_wait_group_add(&done, 16); /* here */
    for (uintptr_t task = 0; task < 16; task++)
        rt_go(use, (void *)task); /* here */
    rt_wait_group_wait(&done);
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
