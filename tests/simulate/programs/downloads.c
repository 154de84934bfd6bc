/* Ten downloads at once, each of 200 ms: nothing but waiting, which overlaps on one proc already. */
#include "program.h"

static rt_wait_group done;

static void download(void *arg)
{
    (void)arg;
    rt_sleep(200 * RT_MS);
    rt_wait_group_done(&done);
}

uint64_t program(int percent)
{
    (void)percent;
    rt_wait_group_add(&done, 10);
    for (int i = 0; i < 10; i++) {
        rt_go(download, NULL);
    }
    rt_wait_group_wait(&done);
    return 10;
}
