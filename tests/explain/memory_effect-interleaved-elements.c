/* A short array, dealt out like cards: task i has the elements i, i + 8, i + 16 ... So each cache line
 * belongs to all tasks, and they go over it again and again. Contiguous parts would be as simple. */
/* expect: memory_effect */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define TASKS 8
#define LENGTH 128
#define ROUNDS 400000
#define ANSWER 2572988416U /* as it is without tasks */

static _Alignas(64) volatile uint32_t numbers[LENGTH];
static rt_wait_group done;

static void check(uint32_t answer)
{
    if (answer != ANSWER)
        abort();
}

static void change(void *arg)
{
    for (uint32_t round = 0; round < ROUNDS; round++)
        for (uintptr_t i = (uintptr_t)arg; i < LENGTH; i += TASKS)
            numbers[i] += round; /* here */
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    uint32_t sum = 0;

    (void)arg;
    rt_wait_group_add(&done, TASKS);
    for (uintptr_t task = 0; task < TASKS; task++)
        rt_go(change, (void *)task); /* here */
    rt_wait_group_wait(&done);
    for (uint32_t i = 0; i < LENGTH; i++)
        sum += numbers[i] * (i + 1);
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
