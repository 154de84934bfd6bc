/* Four tasks compute, in many pieces. Beside them, one watcher for each proc looks for the end without
 * ever giving its proc away: the runtime has to take it away, slice by slice. */
/* expect: spinning */
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define WORKERS 4
#define MS 600000         /* so many steps take about a millisecond */
#define ANSWER 705163274U /* as it is without tasks */

static _Atomic(uint32_t) sum, ended;
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

static void watch(void *arg)
{
    (void)arg;
    while (atomic_load(&ended) < WORKERS) /* here */
        continue;                         /* here */
    rt_wait_group_done(&done);
}

static void use(void *arg)
{
    for (uint32_t i = 0; i < 10; i++)
        sum += work((uint32_t)(uintptr_t)arg + i, MS);
    atomic_fetch_add(&ended, 1);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    int watchers = rt_procs(0);

    (void)arg;
    rt_wait_group_add(&done, watchers + WORKERS);
    for (int i = 0; i < watchers; i++)
        rt_go(watch, NULL);
    for (uintptr_t task = 0; task < WORKERS; task++)
        rt_go(use, (void *)task);
    rt_wait_group_wait(&done);
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
