/* As memory_effect-neighbouring-counters.c, but each task's counter has a cache line of its own, and
 * what it counts takes longer than the counting. */
/* expect: none */
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define TASKS 64
#define NUMBERS 12000  /* a task's */
#define ANSWER 487635U /* as it is without tasks */

struct counter {
    _Alignas(64) _Atomic(uint32_t) value;
};

static struct counter counters[TASKS];
static rt_wait_group done;

static uint32_t collatz_length(uint64_t n)
{
    uint32_t length = 1;

    for (; n != 1; length++)
        n = n % 2 == 0 ? n / 2 : 3 * n + 1;
    return length;
}

static void count(void *arg)
{
    uintptr_t task = (uintptr_t)arg;

    for (uint32_t n = 1; n <= NUMBERS; n++)
        if (collatz_length(n * TASKS + task) > 100)
            atomic_fetch_add_explicit(&counters[task].value, 1, memory_order_relaxed);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    uint32_t sum = 0;

    (void)arg;
    rt_wait_group_add(&done, TASKS);
    for (uintptr_t task = 0; task < TASKS; task++)
        rt_go(count, (void *)task);
    rt_wait_group_wait(&done);
    for (int i = 0; i < TASKS; i++)
        sum += counters[i].value;
    if (sum != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
