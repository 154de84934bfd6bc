/* A search in eight parts that is canceled when one has found what all look for: tasks ask rt_canceled after each
 * thousand steps. */
#include "program.h"

#define PARTS 8

static rt_group *group;
static int64_t length;
static uint64_t found;

static bool matches(uint64_t candidate)
{
    return chain(candidate, 1000) == 1;
}

/* The one that is to be found lies at the end of the third part. */
static void search(void *arg)
{
    int part = (int)(intptr_t)arg;
    for (int64_t i = 0; i < length && !rt_canceled(); i++) {
        bool here = part == 2 && i == length / 2;
        if (matches((uint64_t)(part * length + i)) || here) {
            found = (uint64_t)(part * length + i);
            rt_group_cancel(group);
        }
        rt_yield();
    }
}

uint64_t program(int percent)
{
    length = 450 * percent;
    group = rt_group_new(RT_FOREVER);
    for (intptr_t part = 0; part < PARTS; part++) {
        rt_group_go(group, search, (void *)part);
    }
    rt_group_wait(group);
    rt_group_free(group);
    return found;
}
