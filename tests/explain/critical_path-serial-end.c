/* Eight tasks are quick, and then main alone puts their results together, which takes most of the time.
 * */
/* expect: critical_path */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define MS 600000          /* so many steps take about a millisecond */
#define ANSWER 3718754745U /* as it is without tasks */

static uint32_t results[8];
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
    uintptr_t task = (uintptr_t)arg;

    results[task] = work((uint32_t)task, 2 * MS);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    uint32_t sum = 0;

    (void)arg;
    rt_wait_group_add(&done, 8);
    for (uintptr_t task = 0; task < 8; task++)
        rt_go(use, (void *)task);
    rt_wait_group_wait(&done); /* here */
    for (int i = 0; i < 8; i++)
        sum += work(results[i], 10 * MS); /* here */
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
