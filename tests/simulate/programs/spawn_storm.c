/* One and a half million tasks of a few hundred nanoseconds, in batches of a thousand: far too small a grain. */
#include "program.h"

#define BATCH 1000

static uint64_t marks[BATCH];
static rt_wait_group done;

static void tiny(void *arg)
{
    uint64_t *mark = arg;
    *mark = chain(*mark, 100);
    rt_wait_group_done(&done);
}

uint64_t program(int percent)
{
    uint64_t check = 0;
    for (int i = 0; i < BATCH; i++) {
        marks[i] = (uint64_t)i;
    }
    for (int batch = 0; batch < 15 * percent; batch++) {
        rt_wait_group_add(&done, BATCH);
        for (int i = 0; i < BATCH; i++) {
            rt_go(tiny, &marks[i]);
        }
        rt_wait_group_wait(&done);
    }
    for (int i = 0; i < BATCH; i++) {
        check ^= marks[i] * (uint64_t)i;
    }
    return check;
}
