/* False sharing: each task counts in a counter of its own, but all eight lie in one cache line, which
 * travels between the processors with every addition. */
/* expect: memory_effect */
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define TASKS 8
#define ROUNDS 2000000
#define ANSWER (TASKS * ROUNDS)

static _Alignas(64) _Atomic(uint32_t) counters[TASKS];
static rt_wait_group done;

static void check(uint32_t answer)
{
    if (answer != ANSWER)
        abort();
}

static void count(void *arg)
{
    _Atomic(uint32_t) *mine = arg;

    for (int i = 0; i < ROUNDS; i++)
        atomic_fetch_add_explicit(mine, 1, memory_order_relaxed); /* here */
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    uint32_t sum = 0;

    (void)arg;
    rt_wait_group_add(&done, TASKS);
    for (int i = 0; i < TASKS; i++)
        rt_go(count, &counters[i]); /* here */
    rt_wait_group_wait(&done);
    for (int i = 0; i < TASKS; i++)
        sum += counters[i];
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
