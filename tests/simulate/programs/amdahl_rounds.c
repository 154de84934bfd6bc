/* A hundred rounds, each of a serial part (which reads a table, branches and writes) and then of a parallel one
 * (which only computes): serial and parallel code are not alike. */
#include "program.h"

#define TASKS 6
#define TABLE 4096

static uint32_t table[TABLE];
static uint64_t results[TASKS];
static rt_wait_group done;

static void part(void *arg)
{
    uint64_t number = (uint64_t)(intptr_t)arg;
    results[number] ^= chain(number + table[number], 200000);
    rt_wait_group_done(&done);
}

/* Shuffles the table by what stands in it. */
static void prepare(void)
{
    uint32_t at = 1;
    for (int i = 0; i < 60000; i++) {
        uint32_t to = (at * 5 + table[at]) % TABLE;
        if (table[to] > table[at]) {
            table[to] -= table[at];
        } else {
            table[at] += to ^ (uint32_t)i;
        }
        at = to;
    }
}

uint64_t program(int percent)
{
    uint64_t check = 0;
    for (int i = 0; i < TABLE; i++) {
        table[i] = (uint32_t)i * 2654435761U;
    }
    for (int round = 0; round < percent; round++) {
        prepare();
        rt_wait_group_add(&done, TASKS);
        for (intptr_t i = 0; i < TASKS; i++) {
            rt_go(part, (void *)i);
        }
        rt_wait_group_wait(&done);
    }
    for (int i = 0; i < TASKS; i++) {
        check ^= results[i];
    }
    return check;
}
