/* Twelve tasks, each of which waits for the value of the one before: there are many tasks and one thing
 * to do at any time. */
/* expect: critical_path */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define TASKS 12
#define MS 600000          /* so many steps take about a millisecond */
#define ANSWER 3685594819U /* as it is without tasks */

static rt_chan *links[TASKS + 1];

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

static void step(void *arg)
{
    uintptr_t i = (uintptr_t)arg;
    uint32_t value;

    rt_chan_recv(links[i], &value);     /* here */
    value = work(value, 8 * MS);        /* here */
    rt_chan_send(links[i + 1], &value); /* here */
}

static void main_task(void *arg)
{
    uint32_t value = 1;

    (void)arg;
    for (int i = 0; i <= TASKS; i++)
        links[i] = rt_chan_new(sizeof(uint32_t), 1);
    for (uintptr_t i = 0; i < TASKS; i++)
        rt_go(step, (void *)i);
    rt_chan_send(links[0], &value);
    rt_chan_recv(links[TASKS], &value);
    check(value);
    for (int i = 0; i <= TASKS; i++)
        rt_chan_free(links[i]);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
