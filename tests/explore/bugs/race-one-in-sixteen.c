/* A cache has sixteen slots and no lock. Reader and writer go different ways through it and meet in slot 11 only, and
 * there in one access each: a detector that watches only a few addresses looks elsewhere. */
/* expect: race */
#include <stdlib.h>

#include "rt.h"

static int slots[16];
static rt_wait_group done;

static void refresh(void *arg)
{
    (void)arg;
    for (int i = 1; i < 16; i += 2)
        slots[i] = i;
    rt_wait_group_done(&done);
}

static void look_up(void *arg)
{
    int sum = slots[11];

    (void)arg;
    for (int i = 0; i < 16; i += 2)
        sum += slots[i];
    if (sum > 11)
        abort();
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(refresh, NULL);
    rt_go(look_up, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
