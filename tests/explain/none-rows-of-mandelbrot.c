/* Draws a part of the Mandelbrot set with a task for each row: rows differ a great deal, but there are
 * many of them. Compare imbalance-bands-of-mandelbrot.c. */
/* expect: none */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define WIDTH 256
#define HEIGHT 256
#define STEPS 6000
#define ANSWER 39334341U /* as it is without tasks */

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
    uintptr_t row = (uintptr_t)arg;

    for (int column = 0; column < WIDTH; column++)
        picture[row][column] =
            steps_until_gone(-2 + 3.0 * column / WIDTH, -2.5 + 2.5 * (double)row / HEIGHT);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    uint32_t sum = 0;

    (void)arg;
    rt_wait_group_add(&done, HEIGHT);
    for (uintptr_t row = HEIGHT; row > 0; row--)
        rt_go(draw, (void *)(row - 1));
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
