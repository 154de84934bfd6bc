/* Each file has a task that computes with it. But main reads the file before it starts the task, so no
 * two files are read at the same time. */
/* expect: io_not_overlapped */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define MS 600000          /* so many steps take about a millisecond */
#define ANSWER 1190425600U /* as it is without tasks */

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
    sum += work((uint32_t)(uintptr_t)arg, 2 * MS);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 12);
    for (uintptr_t file = 0; file < 12; file++) {
        rt_sleep(8 * RT_MS); /* here */
        rt_go(use, (void *)file);
    }
    rt_wait_group_wait(&done);
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
