/* Four hundred steps of a simulation, each of which is a task that starts the next one at its end.
 * Every step really needs the one before; the cells of a step don't need each other, and that is where
 * tasks would help. */
/* expect: critical_path */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define STEPS 400
#define CELLS 2048
#define NEAR 64
#define ANSWER 1739852909U /* as it is without tasks */

static uint32_t cells[2][CELLS + NEAR];
static rt_wait_group done;

static uint32_t pull_of_neighbours(const uint32_t *cell)
{
    uint32_t pull = 0;

    for (uint32_t i = 1; i < NEAR; i++)
        pull += cell[i] / i;
    return pull;
}

static void step(void *arg)
{
    uintptr_t number = (uintptr_t)arg;
    const uint32_t *now = cells[number % 2];
    uint32_t *next = cells[(number + 1) % 2];

    for (int i = 0; i < CELLS; i++)
        next[i] = now[i] * 5 + pull_of_neighbours(&now[i]);
    if (number + 1 < STEPS)
        rt_go(step, (void *)(number + 1)); /* here */
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    uint32_t sum = 0;

    (void)arg;
    for (uint32_t i = 0; i < CELLS; i++)
        cells[0][i] = i * 2654435;
    rt_wait_group_add(&done, STEPS);
    rt_go(step, NULL);
    rt_wait_group_wait(&done);
    for (uint32_t i = 0; i < CELLS; i++)
        sum += cells[STEPS % 2][i];
    if (sum != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
