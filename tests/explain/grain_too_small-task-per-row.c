/* A small grid is smoothed twelve thousand times, with a task for each of its 64 rows each time. A row
 * takes 60 nanoseconds, a task some hundreds. */
/* expect: grain_too_small */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define ROWS 64
#define COLUMNS 64
#define ROUNDS 12000
#define ANSWER 4152363008U /* as it is without tasks */

static uint16_t grid[2][ROWS][COLUMNS];
static int now;
static rt_wait_group done;

static void check(uint32_t answer)
{
    if (answer != ANSWER)
        abort();
}

static void smooth(void *arg)
{
    uintptr_t row = (uintptr_t)arg;
    const uint16_t *above = grid[now][(row + ROWS - 1) % ROWS];
    const uint16_t *below = grid[now][(row + 1) % ROWS];

    for (int i = 0; i < COLUMNS; i++)
        grid[1 - now][row][i] = (uint16_t)(above[i] + below[i] + 1);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    uint32_t sum = 0;

    (void)arg;
    for (int round = 0; round < ROUNDS; round++) {
        rt_wait_group_add(&done, ROWS);
        for (uintptr_t row = 0; row < ROWS; row++)
            rt_go(smooth, (void *)row); /* here */
        rt_wait_group_wait(&done);
        now = 1 - now;
    }
    for (int i = 0; i < ROWS * COLUMNS; i++)
        sum += grid[now][i / COLUMNS][i % COLUMNS] * (uint32_t)i;
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
