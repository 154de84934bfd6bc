/* The writer publishes with release, but the reader looks with a relaxed load. An edge has two ends: without the
 * acquire there is none, and the three values may be read before they are written. */
/* expect: race */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static int values[3];
static _Atomic(bool) published;
static rt_wait_group done;

static void publish(void *arg)
{
    (void)arg;
    for (int i = 0; i < 3; i++)
        values[i] = i + 1;
    atomic_store_explicit(&published, true, memory_order_release);
    rt_wait_group_done(&done);
}

static void read_values(void *arg)
{
    (void)arg;
    if (atomic_load_explicit(&published, memory_order_relaxed) &&
        values[0] + values[1] + values[2] > 6)
        abort();
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(read_values, NULL);
    rt_go(publish, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
