/* What a function wrote that rt_blocking ran, on whatever thread, its task may read afterwards and pass on. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static int contents[2];
static rt_wait_group done;

static void read_file(void *arg)
{
    int *line = arg;

    *line = 21;
}

static void work(void *arg)
{
    int *line = arg;

    rt_blocking(read_file, line);
    if (*line != 21)
        abort();
    *line *= 2;
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(work, &contents[0]);
    rt_go(work, &contents[1]);
    rt_wait_group_wait(&done);
    if (contents[0] + contents[1] != 84)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
