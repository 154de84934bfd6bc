/* A semaphore lets one task at a time to the printer, where each spends nearly all of its time. */
/* expect: serialised_by_lock */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define MS 600000         /* so many steps take about a millisecond */
#define ANSWER 786266092U /* as it is without tasks */

static _Atomic(uint32_t) sum;
static rt_semaphore printer = {.permits = 1};
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

static void print(void *arg)
{
    uint32_t page = (uint32_t)(uintptr_t)arg;

    rt_semaphore_acquire(&printer); /* here */
    sum += work(page, 4 * MS);
    rt_semaphore_release(&printer);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 24);
    for (uintptr_t page = 0; page < 24; page++)
        rt_go(print, (void *)page);
    rt_wait_group_wait(&done);
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
