/* A sequence lock: the reader may see a half-written pair, notices by the sequence number, and tries again. All parts
 * are atomic, so a torn read is no race, and it is never used. */
/* expect: none */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static _Atomic(unsigned) sequence;
static _Atomic(int) x, y;
static rt_wait_group done;

static void move(void *arg)
{
    (void)arg;
    for (int i = 1; i <= 2; i++) {
        atomic_fetch_add(&sequence, 1);
        atomic_store(&x, i);
        atomic_store(&y, -i);
        atomic_fetch_add(&sequence, 1);
    }
    rt_wait_group_done(&done);
}

static void watch(void *arg)
{
    unsigned before;
    int sum;

    (void)arg;
    do {
        while ((before = atomic_load(&sequence)) % 2 != 0)
            rt_yield();
        sum = atomic_load(&x) + atomic_load(&y);
    } while (atomic_load(&sequence) != before);
    if (sum != 0)
        abort();
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    rt_go(move, NULL);
    rt_go(watch, NULL);
    rt_go(watch, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
