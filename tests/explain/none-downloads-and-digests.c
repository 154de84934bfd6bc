/* Sixty-four downloads, a task each, which wait and then compute a digest: all waits are over after ten
 * milliseconds, and the rest is computing. */
/* expect: none */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define DOWNLOADS 64
#define ANSWER 3489018423U /* as it is without tasks */

static _Atomic(uint32_t) sum;
static rt_wait_group done;

static uint32_t digest(uint32_t x)
{
    for (int i = 0; i < 1200000; i++)
        x = (x ^ (x >> 15)) * UINT32_C(0x2c1b3c6d) + 1;
    return x;
}

static void download(void *arg)
{
    uint32_t address = (uint32_t)(uintptr_t)arg;

    rt_sleep((5 + address % 6) * RT_MS);
    sum += digest(address);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, DOWNLOADS);
    for (uintptr_t address = 0; address < DOWNLOADS; address++)
        rt_go(download, (void *)address);
    rt_wait_group_wait(&done);
    if (sum != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
