/* Main reads ten records, one after the other, and computes a little with each. While it waits for a
 * record, nothing else goes on. */
/* expect: io_not_overlapped */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define MS 600000          /* so many steps take about a millisecond */
#define ANSWER 2020880785U /* as it is without tasks */

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

static uint32_t read_record(uint32_t i)
{
    rt_sleep(9 * RT_MS); /* here */
    return i;
}

static void main_task(void *arg)
{
    uint32_t sum = 0;

    (void)arg;
    for (uint32_t i = 0; i < 10; i++)
        sum += work(read_record(i), MS);
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
