/* Six tasks that yield after each microsecond or two. */
#include "program.h"

#define TASKS 6

static uint64_t sums[TASKS];
static int turns;
static rt_wait_group done;

static void polite(void *arg)
{
    uint64_t number = (uint64_t)(intptr_t)arg, sum = 0;
    for (int i = 0; i < turns; i++) {
        sum += chain(number + (uint64_t)i, 1000);
        rt_yield();
    }
    sums[number] = sum;
    rt_wait_group_done(&done);
}

uint64_t program(int percent)
{
    uint64_t check = 0;
    turns = 250 * percent;
    rt_wait_group_add(&done, TASKS);
    for (intptr_t i = 0; i < TASKS; i++) {
        rt_go(polite, (void *)i);
    }
    rt_wait_group_wait(&done);
    for (int i = 0; i < TASKS; i++) {
        check ^= sums[i];
    }
    return check;
}
