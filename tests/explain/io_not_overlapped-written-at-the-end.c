/* The results are computed in parallel. Then main writes them out, one by one, and waits for the disk
 * each time. */
/* expect: io_not_overlapped */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define MS 600000          /* so many steps take about a millisecond */
#define ANSWER 1190425600U /* as it is without tasks */

static uint32_t results[12];
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

static void compute(void *arg)
{
    uintptr_t i = (uintptr_t)arg;

    results[i] = work((uint32_t)i, 2 * MS);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    uint32_t sum = 0;

    (void)arg;
    rt_wait_group_add(&done, 12);
    for (uintptr_t i = 0; i < 12; i++)
        rt_go(compute, (void *)i);
    rt_wait_group_wait(&done);
    for (int i = 0; i < 12; i++) {
        rt_sleep(8 * RT_MS); /* here */
        sum += results[i];
    }
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
