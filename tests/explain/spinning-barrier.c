/* Five phases and a barrier at which who has arrived waits busily, one task more than there are procs.
 * The last one gets no proc until a slice of those who wait for it has run out. */
/* expect: spinning */
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define PHASES 5
#define PARTS 24
#define MS 600000          /* so many steps take about a millisecond */
#define ANSWER 2846629102U /* as it is without tasks */

static uint32_t tasks;
static _Atomic(uint32_t) sum, arrived;
static rt_wait_group done;

static void check(uint32_t answer)
{
    if (answer != ANSWER)
        abort();
}

/* The loop's result goes into the answer, so that no compiler can leave it out. */
static uint32_t work(uint32_t x, int steps)
{
    for (int i = 0; i < steps; i++)
        x = (x ^ (x >> 15)) * UINT32_C(0x2c1b3c6d) + 1;
    return x;
}

static void use(void *arg)
{
    uint32_t self = (uint32_t)(uintptr_t)arg;

    for (uint32_t phase = 1; phase <= PHASES; phase++) {
        for (uint32_t part = self; part < PARTS; part += tasks)
            sum += work(phase + part, MS / 2);
        atomic_fetch_add(&arrived, 1);
        while (atomic_load(&arrived) < phase * tasks) /* here */
            continue;                                 /* here */
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    tasks = (uint32_t)rt_procs(0) + 1;
    rt_wait_group_add(&done, tasks);
    for (uintptr_t task = 0; task < tasks; task++)
        rt_go(use, (void *)task);
    rt_wait_group_wait(&done);
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
