/* Four tasks hold one lock for two thirds of their time: on two procs it is always wanted, and bounds the speedup at 1.5. */
#include "program.h"

#define TASKS 4

static rt_mutex lock;
static uint64_t shared; /* lock */
static uint64_t own[TASKS];
static int turns;
static rt_wait_group done;

static void work(void *arg)
{
    uint64_t number = (uint64_t)(intptr_t)arg, result = 0;
    for (int i = 0; i < turns; i++) {
        result ^= chain(number + (uint64_t)i, 4000);
        rt_mutex_lock(&lock);
        shared += chain((uint64_t)i, 8000);
        rt_mutex_unlock(&lock);
    }
    own[number] = result;
    rt_wait_group_done(&done);
}

uint64_t program(int percent)
{
    turns = 25 * percent;
    rt_wait_group_add(&done, TASKS);
    for (intptr_t i = 0; i < TASKS; i++) {
        rt_go(work, (void *)i);
    }
    rt_wait_group_wait(&done);
    uint64_t check = shared;
    for (int i = 0; i < TASKS; i++) {
        check ^= own[i];
    }
    return check;
}
