/* Amdahl's law: half of the work is serial and comes first, the rest is in 24 equal tasks. */
#include "program.h"

#define TASKS 24

static uint64_t results[TASKS];
static int64_t steps;
static rt_wait_group done;

static void part(void *arg)
{
    uint64_t number = (uint64_t)(intptr_t)arg;
    results[number] = chain(number, steps);
    rt_wait_group_done(&done);
}

uint64_t program(int percent)
{
    int64_t all = 1500000 * (int64_t)percent;
    uint64_t check = chain(1, all * 50 / 100);
    steps = all * (100 - 50) / 100 / TASKS;
    rt_wait_group_add(&done, TASKS);
    for (intptr_t i = 0; i < TASKS; i++) {
        rt_go(part, (void *)i);
    }
    rt_wait_group_wait(&done);
    for (int i = 0; i < TASKS; i++) {
        check ^= results[i];
    }
    return check;
}
