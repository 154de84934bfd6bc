/* Sixteen tasks search a table that never changes, and take the lock for writing where one for reading
 * would do. */
/* expect: serialised_by_lock */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define MS 600000          /* so many steps take about a millisecond */
#define ANSWER 2217702752U /* as it is without tasks */

static uint32_t table[4] = {3, 1, 4, 1};
static _Atomic(uint32_t) sum;
static rt_rwmutex lock;
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

static void search(void *arg)
{
    uint32_t seed = (uint32_t)(uintptr_t)arg;

    for (uint32_t i = 0; i < 4; i++) {
        rt_rwmutex_write_lock(&lock); /* here */
        sum += work(seed + table[i], MS * 3 / 2);
        rt_rwmutex_write_unlock(&lock);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 16);
    for (uintptr_t task = 0; task < 16; task++)
        rt_go(search, (void *)task);
    rt_wait_group_wait(&done);
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
