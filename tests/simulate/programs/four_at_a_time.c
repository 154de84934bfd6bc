/* Sixty downloads of 20 ms, four at a time: a semaphore bounds them. */
#include "program.h"

static rt_semaphore connections = {.permits = 4};
static rt_wait_group done;

static void download(void *arg)
{
    (void)arg;
    rt_semaphore_acquire(&connections);
    rt_sleep(20 * RT_MS);
    rt_semaphore_release(&connections);
    rt_wait_group_done(&done);
}

uint64_t program(int percent)
{
    int count = 60 * percent / 100;
    rt_wait_group_add(&done, count);
    for (int i = 0; i < count; i++) {
        rt_go(download, NULL);
    }
    rt_wait_group_wait(&done);
    return (uint64_t)count;
}
