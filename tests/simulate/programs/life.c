/* Conway's game of life in four bands, with a barrier after each generation: the tasks live on, and
 * meet by a condition. Each generation is over in some tens of microseconds, and who takes up a
 * band in the next one is chance. Outside: on another CPU its 8 KiB have to come over first, which
 * takes about as long as to compute them, and virtual time knows no caches. */
#include "program.h"

#define SIZE 128
#define BANDS 4

static uint8_t world[2][SIZE][SIZE];
static int generations;

static rt_mutex lock;
static rt_cond all_there;
static int arrived, round_now; /* lock */

static void meet(void)
{
    rt_mutex_lock(&lock);
    int its_round = round_now;
    if (++arrived == BANDS) {
        arrived = 0;
        round_now++;
        rt_cond_broadcast(&all_there);
    }
    while (round_now == its_round) {
        rt_cond_wait(&all_there, &lock);
    }
    rt_mutex_unlock(&lock);
}

static uint8_t next(uint8_t (*now)[SIZE], int i, int j)
{
    int up = (i + SIZE - 1) % SIZE, down = (i + 1) % SIZE;
    int left = (j + SIZE - 1) % SIZE, right = (j + 1) % SIZE;
    int around = now[up][left] + now[up][j] + now[up][right] + now[i][left] + now[i][right] +
                 now[down][left] + now[down][j] + now[down][right];
    return around == 3 || (around == 2 && now[i][j]);
}

static rt_wait_group done;

static void live(void *arg)
{
    int first = (int)(intptr_t)arg * (SIZE / BANDS);
    for (int g = 0; g < generations; g++) {
        for (int i = first; i < first + SIZE / BANDS; i++) {
            for (int j = 0; j < SIZE; j++) {
                world[(g + 1) % 2][i][j] = next(world[g % 2], i, j);
            }
        }
        meet();
    }
    rt_wait_group_done(&done);
}

uint64_t program(int percent)
{
    uint64_t stream = 1, alive = 0;
    generations = 40 * percent;
    for (int i = 0; i < SIZE * SIZE; i++) {
        world[0][i / SIZE][i % SIZE] = draw(&stream) % 3 == 0;
    }
    rt_wait_group_add(&done, BANDS);
    for (intptr_t band = 0; band < BANDS; band++) {
        rt_go(live, (void *)band);
    }
    rt_wait_group_wait(&done);
    for (int i = 0; i < SIZE * SIZE; i++) {
        alive += world[generations % 2][i / SIZE][i % SIZE];
    }
    return alive;
}
