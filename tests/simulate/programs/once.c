/* Eight tasks need a table that is computed once, by whoever comes first, and takes a third of all time. */
#include "program.h"

#define TASKS 8
#define TABLE 256

static uint64_t table[TABLE];
static rt_once made;
static int64_t steps;
static uint64_t sums[TASKS];
static rt_wait_group done;

static void make(void *arg)
{
    (void)arg;
    for (int i = 0; i < TABLE; i++) {
        table[i] = chain((uint64_t)i, steps);
    }
}

static void use(void *arg)
{
    uint64_t number = (uint64_t)(intptr_t)arg;
    rt_once_do(&made, make, NULL);
    for (int i = 0; i < TABLE / 4; i++) {
        sums[number] += chain(table[(number + (uint64_t)i) % TABLE], steps);
    }
    rt_wait_group_done(&done);
}

uint64_t program(int percent)
{
    uint64_t check = 0;
    steps = 1500 * (int64_t)percent;
    rt_wait_group_add(&done, TASKS);
    for (intptr_t i = 0; i < TASKS; i++) {
        rt_go(use, (void *)i);
    }
    rt_wait_group_wait(&done);
    for (int i = 0; i < TASKS; i++) {
        check ^= sums[i];
    }
    return check;
}
