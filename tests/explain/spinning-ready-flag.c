/* Tasks of the second phase wait for the table of the first by looking at a flag, without a pause and
 * without giving their procs away. Those who look take the procs from those who make the table. */
/* expect: spinning */
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define TASKS 16
#define MAKERS 4
#define ROWS 10           /* a maker's */
#define ANSWER 908811895U /* as it is without tasks */

static _Atomic(uint32_t) rows_made;
static uint32_t table[MAKERS * ROWS];
static _Atomic(uint32_t) sum;
static rt_wait_group done;

static uint32_t mix(uint32_t x, int steps)
{
    for (int i = 0; i < steps; i++)
        x = (x ^ (x >> 15)) * UINT32_C(0x2c1b3c6d) + 1;
    return x;
}

static void use_table(void *arg)
{
    uint32_t x = (uint32_t)(uintptr_t)arg;

    while (atomic_load_explicit(&rows_made, memory_order_acquire) < MAKERS * ROWS) /* here */
        continue;                                                                  /* here */
    for (int i = 0; i < MAKERS * ROWS; i++)
        x = mix(x + table[i], 1000);
    sum += x;
    rt_wait_group_done(&done);
}

static void make_rows(void *arg)
{
    uintptr_t first = (uintptr_t)arg * ROWS;

    for (uintptr_t row = first; row < first + ROWS; row++) {
        table[row] = mix((uint32_t)row, 600000);
        atomic_fetch_add_explicit(&rows_made, 1, memory_order_release);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, TASKS + MAKERS);
    for (uintptr_t task = 0; task < TASKS; task++)
        rt_go(use_table, (void *)task);
    for (uintptr_t maker = 0; maker < MAKERS; maker++)
        rt_go(make_rows, (void *)maker);
    rt_wait_group_wait(&done);
    if (sum != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
