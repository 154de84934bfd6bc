/* One part for each proc, of equal numbers of rows; but row i takes i steps, so the last part is the
 * largest. */
/* expect: imbalance */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define ROWS 480
#define MS 600000         /* so many steps take about a millisecond */
#define ANSWER 412780273U /* as it is without tasks */

struct part {
    uint32_t begin, end;
};
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
    const struct part *part = arg;

    for (uint32_t row = part->begin; row < part->end; row++)
        sum += work(row, (int)row * (MS / 1150));
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    struct part parts[RT_MAX_PROCS];
    uint32_t count = (uint32_t)rt_procs(0);

    (void)arg;
    rt_wait_group_add(&done, count);
    for (uint32_t i = 0; i < count; i++) {
        parts[i] = (struct part){ROWS * i / count, ROWS * (i + 1) / count};
        rt_go(use, &parts[i]); /* here */
    }
    rt_wait_group_wait(&done);
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
