/* The cache is filled by rt_once, but who finds its pointer set goes past rt_once, and so past the edge that it
 * gives. */
/* expect: race */
#include <stddef.h>
#include <stdlib.h>

#include "rt.h"

static int storage[2];
static int *cache;
static rt_once filled;
static rt_wait_group done;

static void fill(void *arg)
{
    (void)arg;
    storage[0] = 3;
    storage[1] = 4;
    cache = storage;
}

static void use(void *arg)
{
    (void)arg;
    if (cache == NULL)
        rt_once_do(&filled, fill, NULL);
    if (cache[0] + cache[1] > 7)
        abort();
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    for (int i = 0; i < 3; i++)
        rt_go(use, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
