/* Six phases that are parallel, and between them main computes what the next one needs, which takes
 * three times as long as the phase itself. */
/* expect: critical_path */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define MS 600000          /* so many steps take about a millisecond */
#define ANSWER 1494796215U /* as it is without tasks */

static uint32_t base;
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
    sum += work(base + (uint32_t)(uintptr_t)arg, MS / 4);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    for (int phase = 0; phase < 6; phase++) {
        rt_wait_group_add(&done, 16); /* here */
        for (uintptr_t task = 0; task < 16; task++)
            rt_go(use, (void *)task);
        rt_wait_group_wait(&done);  /* here */
        base = work(base, 13 * MS); /* here */
    }
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
