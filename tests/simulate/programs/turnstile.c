/* Sixteen tasks pass through a semaphore with three permits, and compute inside: on two procs the permits do
 * not bind, the procs do. */
#include "program.h"

#define TASKS 16

static rt_semaphore gate = {.permits = 3};
static uint64_t sums[TASKS];
static int turns;
static rt_wait_group done;

static void visitor(void *arg)
{
    uint64_t number = (uint64_t)(intptr_t)arg, sum = 0;
    for (int i = 0; i < turns; i++) {
        rt_semaphore_acquire(&gate);
        sum += chain(number + (uint64_t)i, 30000);
        rt_semaphore_release(&gate);
    }
    sums[number] = sum;
    rt_wait_group_done(&done);
}

uint64_t program(int percent)
{
    uint64_t check = 0;
    turns = 3 * percent;
    rt_wait_group_add(&done, TASKS);
    for (intptr_t i = 0; i < TASKS; i++) {
        rt_go(visitor, (void *)i);
    }
    rt_wait_group_wait(&done);
    for (int i = 0; i < TASKS; i++) {
        check ^= sums[i];
    }
    return check;
}
