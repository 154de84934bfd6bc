/* Plain values that rt_once makes. All who have called rt_once_do may read them without a lock. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static int table[4];
static rt_once made;
static rt_wait_group done;

static void make(void *arg)
{
    (void)arg;
    for (int i = 0; i < 4; i++)
        table[i] += i * i;
}

static void look_up(void *arg)
{
    (void)arg;
    rt_once_do(&made, make, NULL);
    if (table[3] != 9)
        abort();
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 4);
    for (int i = 0; i < 4; i++)
        rt_go(look_up, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
