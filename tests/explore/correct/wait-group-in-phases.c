/* One wait group for two phases, one after the other. What the first phase wrote, the second one reads across all
 * parts. */
/* expect: none */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define PARTS 3
static int first[PARTS], second[PARTS];
static rt_wait_group phase;

static void fill(void *arg)
{
    intptr_t i = (intptr_t)arg;

    first[i] = (int)i + 1;
    rt_wait_group_done(&phase);
}

static void combine(void *arg)
{
    intptr_t i = (intptr_t)arg;

    second[i] = first[i] * first[(i + 1) % PARTS];
    rt_wait_group_done(&phase);
}

static void run(void (*fn)(void *arg))
{
    rt_wait_group_add(&phase, PARTS);
    for (intptr_t i = 0; i < PARTS; i++)
        rt_go(fn, (void *)i);
    rt_wait_group_wait(&phase);
}

static void main_task(void *arg)
{
    (void)arg;
    run(fill);
    run(combine);
    if (second[0] + second[1] + second[2] != 2 + 6 + 3)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
