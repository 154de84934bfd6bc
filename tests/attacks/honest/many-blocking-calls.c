/* many-blocking-calls.c - has many tasks in calls that block their threads. */
#include <unistd.h>

#include "honest.h"

static rt_wait_group done;

static void nap(void *unused)
{
    (void)unused;
    usleep(2000);
}

static void block(void *unused)
{
    rt_blocking(nap, unused);
    rt_wait_group_done(&done);
}

static void main_task(void *unused)
{
    (void)unused;
    rt_wait_group_add(&done, 40);
    for (int i = 0; i < 40; i++)
        must(rt_go(block, NULL) == RT_OK, "rt_go");
    rt_wait_group_wait(&done);
}

int main(void)
{
    return run_as_task(main_task);
}
