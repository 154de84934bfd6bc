/* A release sequence in two steps: the first task publishes to the second, and the second one, which has added its own
 * part, to main. Main reads both parts, though the first one never told it anything. */
/* expect: none */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static int first_part, second_part;
static _Atomic(int) stage;

static void first(void *arg)
{
    (void)arg;
    first_part = 1;
    atomic_store_explicit(&stage, 1, memory_order_release);
}

static void second(void *arg)
{
    (void)arg;
    while (atomic_load_explicit(&stage, memory_order_acquire) != 1)
        rt_yield();
    second_part = first_part + 1;
    atomic_store_explicit(&stage, 2, memory_order_release);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_go(second, NULL);
    rt_go(first, NULL);
    while (atomic_load_explicit(&stage, memory_order_acquire) != 2)
        rt_yield();
    if (first_part != 1 || second_part != 2)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
