/* Many tasks share a lock for a hundredth of their time. */
#include "program.h"

#define TASKS 64

static rt_mutex lock;
static uint64_t shared; /* lock */
static uint64_t own[TASKS];
static int turns;
static rt_wait_group done;

static void work(void *arg)
{
    uint64_t number = (uint64_t)(intptr_t)arg, result = 0;
    for (int i = 0; i < turns; i++) {
        result ^= chain(number + (uint64_t)i, 20000);
        rt_mutex_lock(&lock);
        shared += chain((uint64_t)i, 200);
        rt_mutex_unlock(&lock);
    }
    own[number] = result;
    rt_wait_group_done(&done);
}

uint64_t program(int percent)
{
    turns = 15 * percent * 4 / TASKS;
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
