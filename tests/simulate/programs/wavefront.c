/* A table of blocks in which each needs the block above and the one to its left, as in many a dynamic program, and
 * gets a message from both. At the corners there is one block to do, in the middle many. */
#include "program.h"

#define SIDE 10

static uint64_t results[SIDE][SIDE];
static rt_chan *from_above[SIDE + 1][SIDE], *from_left[SIDE][SIDE + 1];

static void block(void *arg)
{
    int row = (int)(intptr_t)arg / SIDE, column = (int)(intptr_t)arg % SIDE;
    uint64_t above = 1, left = 1;
    if (row > 0) {
        rt_chan_recv(from_above[row][column], &above);
    }
    if (column > 0) {
        rt_chan_recv(from_left[row][column], &left);
    }
    uint64_t result = chain(above ^ left, 40000);
    results[row][column] = result;
    if (row < SIDE - 1) {
        rt_chan_send(from_above[row + 1][column], &result);
    }
    rt_chan_send(from_left[row][column + 1], &result);
}

uint64_t program(int percent)
{
    uint64_t sum = 0, last;
    for (int i = 0; i < SIDE; i++) {
        for (int j = 0; j <= SIDE; j++) {
            from_above[j][i] = rt_chan_new(sizeof last, 1);
            from_left[i][j] = rt_chan_new(sizeof last, 1);
        }
    }
    for (int round = 0; round < 35 * percent / 100; round++) {
        for (intptr_t i = 0; i < SIDE * SIDE; i++) {
            rt_go(block, (void *)i);
        }
        for (int i = 0; i < SIDE; i++) {
            rt_chan_recv(from_left[i][SIDE], &last);
            sum += last;
        }
    }
    return sum;
}
