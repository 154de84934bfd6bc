/* statistics.c - asks the runtime what it did, and lists its tasks. */
#include "honest.h"

static void nothing(void *unused)
{
    (void)unused;
}

static void main_task(void *unused)
{
    (void)unused;
    struct rt_stats stats;
    for (int i = 0; i < 10; i++)
        rt_go(nothing, NULL);
    rt_sleep(RT_MS);
    rt_stats_get(&stats);
    must(rt_num_tasks() >= 1, "rt_num_tasks");
}

int main(void)
{
    return run_as_task(main_task);
}
