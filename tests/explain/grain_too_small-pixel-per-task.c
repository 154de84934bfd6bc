/* A picture is made brighter, fifteen times over, with a task for each of its 65,536 pixels. A task for
 * each band of rows would do as well. */
/* expect: grain_too_small */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define WIDTH 256
#define HEIGHT 256
#define PASSES 15
#define ANSWER 1816636286U /* as it is without tasks */

static uint8_t picture[WIDTH * HEIGHT];
static rt_wait_group done;

static void brighten(void *arg)
{
    uint8_t *pixel = arg;
    uint32_t brighter = *pixel + *pixel / 8u + 3;

    *pixel = brighter > 255 ? 255 : (uint8_t)brighter;
    rt_wait_group_done(&done);
}

static void brighten_all(void)
{
    for (int y = 0; y < HEIGHT; y++) {
        rt_wait_group_add(&done, WIDTH);
        for (int x = 0; x < WIDTH; x++)
            rt_go(brighten, &picture[y * WIDTH + x]); /* here */
        rt_wait_group_wait(&done);
    }
}

static void main_task(void *arg)
{
    uint32_t sum = 0;

    (void)arg;
    for (uint32_t i = 0; i < WIDTH * HEIGHT; i++)
        picture[i] = (uint8_t)(i * 37 % 64);
    for (int pass = 0; pass < PASSES; pass++)
        brighten_all();
    for (uint32_t i = 0; i < WIDTH * HEIGHT; i++)
        sum += picture[i] * (i % 251);
    if (sum != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
