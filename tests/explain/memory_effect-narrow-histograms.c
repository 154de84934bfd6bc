/* False sharing without atomics: eight histograms of four narrow bins each, one for each task, side by
 * side. */
/* expect: memory_effect */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define TASKS 8
#define ROUNDS 5000000
#define ANSWER 2555621U /* as it is without tasks */

static _Alignas(64) uint16_t histograms[TASKS][4];
static rt_wait_group done;

static void check(uint32_t answer)
{
    if (answer != ANSWER)
        abort();
}

static void fill(void *arg)
{
    uintptr_t task = (uintptr_t)arg;
    uint32_t x = (uint32_t)task + 1;

    for (int i = 0; i < ROUNDS; i++) {
        x = x * UINT32_C(1664525) + UINT32_C(1013904223);
        histograms[task][x >> 30]++; /* here */
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    uint32_t sum = 0;

    (void)arg;
    rt_wait_group_add(&done, TASKS);
    for (uintptr_t task = 0; task < TASKS; task++)
        rt_go(fill, (void *)task); /* here */
    rt_wait_group_wait(&done);
    for (uint32_t i = 0; i < TASKS * 4; i++)
        sum += histograms[i / 4][i % 4] * (i + 1);
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
