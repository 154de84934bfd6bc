/* Thirty short tasks, and one that is as long as twenty of them and is started last: it is the critical
 * path. */
#include "program.h"

#define SHORT 30

static rt_semaphore finished;
static uint64_t results[SHORT + 1];
static int64_t steps;

static void short_one(void *arg)
{
    uint64_t number = (uint64_t)(intptr_t)arg;
    results[number] = chain(number, steps);
    rt_semaphore_release(&finished);
}

static void long_one(void *arg)
{
    (void)arg;
    results[SHORT] = chain(SHORT, 20 * steps);
    rt_semaphore_release(&finished);
}

uint64_t program(int percent)
{
    uint64_t check = 0;
    steps = 30000 * (int64_t)percent;
    for (intptr_t i = 0; i < SHORT; i++) {
        rt_go(short_one, (void *)i);
    }
    rt_go(long_one, NULL);
    for (int i = 0; i <= SHORT; i++) {
        rt_semaphore_acquire(&finished);
    }
    for (int i = 0; i <= SHORT; i++) {
        check ^= results[i];
    }
    return check;
}
