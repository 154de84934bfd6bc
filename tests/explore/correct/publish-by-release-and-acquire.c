/* Plain values, published by a release and read after an acquire that has seen it. The reader polls with yields. */
/* expect: none */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static int values[3];
static _Atomic(bool) ready;

static void publish(void *arg)
{
    (void)arg;
    for (int i = 0; i < 3; i++)
        values[i] = 10 * i;
    atomic_store_explicit(&ready, true, memory_order_release);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_go(publish, NULL);
    while (!atomic_load_explicit(&ready, memory_order_acquire))
        rt_yield();
    if (values[0] + values[1] + values[2] != 30)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
