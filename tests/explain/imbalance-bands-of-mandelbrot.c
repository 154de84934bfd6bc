/* Draws a part of the Mandelbrot set, cut into one band of rows for each proc. The set itself lies at
 * the bottom, and only its points take all of the steps: the last bands take nearly all of the time. */
/* expect: imbalance */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define WIDTH 256
#define HEIGHT 256
#define STEPS 6000
#define ANSWER 39334341U /* as it is without tasks */

struct band {
    int begin, end;
};

static uint16_t picture[HEIGHT][WIDTH];
static rt_wait_group done;

static uint16_t steps_until_gone(double x, double y)
{
    double re = 0, im = 0;
    uint16_t steps = 0;

    while (steps < STEPS && re * re + im * im < 4) {
        double next = re * re - im * im + x;
        im = 2 * re * im + y;
        re = next;
        steps++;
    }
    return steps;
}

static void draw(void *arg)
{
    const struct band *band = arg;

    for (int row = band->begin; row < band->end; row++)
        for (int column = 0; column < WIDTH; column++)
            picture[row][column] =
                steps_until_gone(-2 + 3.0 * column / WIDTH, -2.5 + 2.5 * row / HEIGHT);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    struct band bands[RT_MAX_PROCS];
    int procs = rt_procs(0);
    uint32_t sum = 0;

    (void)arg;
    rt_wait_group_add(&done, procs);
    for (int i = 0; i < procs; i++) {
        bands[i] = (struct band){HEIGHT * i / procs, HEIGHT * (i + 1) / procs};
        rt_go(draw, &bands[i]); /* here */
    }
    rt_wait_group_wait(&done);
    for (int i = 0; i < HEIGHT * WIDTH; i++)
        sum += picture[i / WIDTH][i % WIDTH];
    if (sum != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
