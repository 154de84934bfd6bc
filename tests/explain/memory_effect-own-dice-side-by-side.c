/* Estimates pi with a generator for each task, as one should - but the states of the generators lie
 * next to each other, and every number changes one of them. */
/* expect: memory_effect */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define TASKS 8
#define POINTS 3000000   /* for each task */
#define ANSWER 18849228U /* as it is without tasks */

static _Alignas(64) uint32_t states[TASKS];
static _Atomic(uint32_t) hits;
static rt_wait_group done;

/* As from a library: it is called, and cannot keep the state in a register. */
static __attribute__((noinline)) uint32_t next_random(uint32_t *state)
{
    *state = *state * UINT32_C(1664525) + UINT32_C(1013904223); /* here */
    return *state >> 16;
}

static void throw_points(void *arg)
{
    uint32_t *state = arg, inside = 0;

    for (int i = 0; i < POINTS; i++) {
        uint64_t x = next_random(state), y = next_random(state);
        inside += x * x + y * y < UINT64_C(1) << 32;
    }
    hits += inside;
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, TASKS);
    for (uint32_t i = 0; i < TASKS; i++) {
        states[i] = i * 747796405 + 1;
        rt_go(throw_points, &states[i]); /* here */
    }
    rt_wait_group_wait(&done);
    if (hits != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
