/* Every task keeps its progress in a table that a display could read. It does so at every step, and the
 * table fills one cache line. */
/* expect: memory_effect */
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define TASKS 8
#define ROUNDS 2000000
#define ANSWER 117574008U /* as it is without tasks */

static _Alignas(64) struct {
    _Atomic(uint32_t) steps, last;
} progress[TASKS];
static _Atomic(uint32_t) sum;
static rt_wait_group done;

static void check(uint32_t answer)
{
    if (answer != ANSWER)
        abort();
}

static void use(void *arg)
{
    uintptr_t task = (uintptr_t)arg;
    uint32_t x = (uint32_t)task;

    for (int i = 0; i < ROUNDS; i++) {
        x = (x ^ (x >> 15)) * UINT32_C(0x2c1b3c6d) + 1;
        atomic_store_explicit(&progress[task].last, x, memory_order_relaxed);      /* here */
        atomic_fetch_add_explicit(&progress[task].steps, 1, memory_order_relaxed); /* here */
    }
    sum += x;
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, TASKS);
    for (uintptr_t task = 0; task < TASKS; task++)
        rt_go(use, (void *)task); /* here */
    rt_wait_group_wait(&done);
    for (int i = 0; i < TASKS; i++)
        sum += progress[i].last + progress[i].steps;
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
