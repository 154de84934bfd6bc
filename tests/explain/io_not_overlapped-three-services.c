/* Two users; for each, three services are asked one after the other, though none needs what another one
 * says. */
/* expect: io_not_overlapped */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define MS 600000          /* so many steps take about a millisecond */
#define ANSWER 1066550972U /* as it is without tasks */

static _Atomic(uint32_t) sum;
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

static uint32_t ask(uint32_t user, uint32_t service)
{
    rt_sleep(6 * RT_MS); /* here */
    return work(user + service, MS / 2);
}

static void show(void *arg)
{
    uint32_t user = (uint32_t)(uintptr_t)arg;

    for (int page = 0; page < 5; page++)
        sum += ask(user, 1) + ask(user, 2) + ask(user, 3);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    for (uintptr_t user = 0; user < 2; user++)
        rt_go(show, (void *)user);
    rt_wait_group_wait(&done);
    check(sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
