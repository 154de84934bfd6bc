/* endless-tasks.c - starts tasks without end.
 *
 * Expect: memory_limit|timeout|thread_limit
 * Tiers: ABCD */
#include "attacked.h"

static void stay(void *arg)
{
    (void)arg;
    rt_sleep(3600 * 1000 * RT_MS);
}

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    (void)numbers, (void)mixed, (void)count;
    for (;;)
        rt_go(stay, NULL);
}
