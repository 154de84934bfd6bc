/* The flag is atomic, but relaxed: it arrives, and orders nothing. The answer that it announces is read without a
 * happens-before edge, and may be the old one on a processor that reorders (x86 hides it, a plain run never
 * shows it). */
/* expect: race */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static int answer;
static _Atomic(int) ready;

static void compute(void *arg)
{
    (void)arg;
    answer = 42;
    atomic_store_explicit(&ready, 1, memory_order_relaxed);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_go(compute, NULL);
    while (!atomic_load_explicit(&ready, memory_order_relaxed))
        rt_yield();
    if (answer != 42)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
