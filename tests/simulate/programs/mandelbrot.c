/* The Mandelbrot set, a task for each line. Lines through the middle cost a hundred times what those at the
 * edge do: work stealing has to even that out. */
#include "program.h"

#define WIDTH 256
#define MOST 7000

struct line {
    double y;
    uint64_t steps;
    rt_wait_group *done;
};

static int escape(double cx, double cy)
{
    double x = 0, y = 0;
    int steps = 0;
    while (x * x + y * y < 4 && steps < MOST) {
        double next = x * x - y * y + cx;
        y = 2 * x * y + cy;
        x = next;
        steps++;
    }
    return steps;
}

static void draw_line(void *arg)
{
    struct line *line = arg;
    uint64_t steps = 0;
    for (int i = 0; i < WIDTH; i++) {
        steps += (uint64_t)escape(-2 + 3.0 * i / WIDTH, line->y);
    }
    line->steps = steps;
    rt_wait_group_done(line->done);
}

uint64_t program(int percent)
{
    static struct line lines[200];
    rt_wait_group done = {0};
    int count = 2 * percent;
    rt_wait_group_add(&done, count);
    for (int i = 0; i < count; i++) {
        lines[i] = (struct line){.y = -1 + 2.0 * i / count, .done = &done};
        rt_go(draw_line, &lines[i]);
    }
    rt_wait_group_wait(&done);
    uint64_t steps = 0;
    for (int i = 0; i < count; i++) {
        steps += lines[i].steps;
    }
    return steps;
}
