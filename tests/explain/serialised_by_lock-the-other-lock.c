/* Two locks. The one that is taken ten times as often protects an addition and costs nothing; the other
 * one is held for long. It is the one to blame. */
/* expect: serialised_by_lock */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define MS 600000          /* so many steps take about a millisecond */
#define ANSWER 2242653654U /* as it is without tasks */

static uint32_t sum, calls;
static rt_mutex counter, cache;
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

static void count(void)
{
    rt_mutex_lock(&counter);
    calls++;
    rt_mutex_unlock(&counter);
}

static void look_up(uint32_t key)
{
    rt_mutex_lock(&cache); /* here */
    sum += work(key, MS);
    rt_mutex_unlock(&cache);
}

static void use(void *arg)
{
    uint32_t seed = (uint32_t)(uintptr_t)arg;

    for (uint32_t i = 0; i < 100; i++) {
        count();
        if (i % 10 == 0)
            look_up(seed + i);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 8);
    for (uintptr_t task = 0; task < 8; task++)
        rt_go(use, (void *)task);
    rt_wait_group_wait(&done);
    check(sum + calls);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
