/* Main starts eight tasks at a time and then sleeps for as long as they will surely take, rather than
 * waiting for them. Each batch takes some milliseconds on any machine; the sleep takes thirty. */
/* expect: io_not_overlapped */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define BATCHES 8
#define TASKS 8
#define ANSWER 707045001U /* as it is without tasks */

static _Atomic(uint32_t) sum;
static rt_wait_group done;

static void use(void *arg)
{
    uint32_t x = (uint32_t)(uintptr_t)arg;

    for (int i = 0; i < 150000; i++)
        x = (x ^ (x >> 15)) * UINT32_C(0x2c1b3c6d) + 1;
    sum += x;
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, BATCHES * TASKS);
    for (uintptr_t batch = 0; batch < BATCHES; batch++) {
        for (uintptr_t task = 0; task < TASKS; task++)
            rt_go(use, (void *)(batch * TASKS + task));
        rt_sleep(30 * RT_MS); /* here */
    }
    rt_wait_group_wait(&done);
    if (sum != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
