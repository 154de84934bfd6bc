/* Two tasks add to a plain counter: an addition reads, adds and writes, and two that overlap count once. */
/* expect: race */
#include <stdlib.h>

#include "rt.h"

static int counter;
static rt_wait_group done;

static void add(void *arg)
{
    (void)arg;
    counter++;
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(add, NULL);
    rt_go(add, NULL);
    rt_wait_group_wait(&done);
    if (counter > 2)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
