/* Four workers, and a channel that brings them three million numbers one by one: receiving a number
 * takes longer than using it. A slice of a thousand for each send would do. */
/* expect: grain_too_small */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define ANSWER 4170294400U /* as it is without tasks */

static _Atomic(uint32_t) sum;
static rt_chan *numbers;
static rt_wait_group done;

static void check(uint32_t answer)
{
    if (answer != ANSWER)
        abort();
}

/* The loop's result goes into the answer, so that no compiler can leave it out. */
static uint32_t work(uint32_t x, int steps)
{
    for (int i = 0; i < steps; i++)
        x = (x ^ (x >> 15)) * UINT32_C(0x2c1b3c6d) + 1;
    return x;
}

static void use(void *arg)
{
    uint32_t number, part = 0;

    (void)arg;
    while (rt_chan_recv(numbers, &number) == RT_OK) /* here */
        part += work(number, 10);
    sum += part;
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    numbers = rt_chan_new(sizeof(uint32_t), 64);
    rt_wait_group_add(&done, 4);
    for (int i = 0; i < 4; i++)
        rt_go(use, NULL);
    for (uint32_t i = 0; i < 3000000; i++)
        rt_chan_send(numbers, &i); /* here */
    rt_chan_close(numbers);
    rt_wait_group_wait(&done);
    check(sum);
    rt_chan_free(numbers);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
