/* Goes wrong only when three tasks come in just this order, each between steps of the next: the request is
 * withdrawn after it was approved and before it is carried out. Hard to hit: two switches have to fall right, and
 * the natural order is the harmless one. */
/* expect: wrong_answer */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static _Atomic(int) requested = 1, approved, carried_out;
static rt_wait_group done;

static void withdraw(void *arg)
{
    (void)arg;
    atomic_store(&requested, 0);
    if (atomic_load(&approved) && !atomic_load(&carried_out)) {
        atomic_store(&approved, 0);
        if (atomic_load(&carried_out))
            abort();
    }
    rt_wait_group_done(&done);
}

static void approve(void *arg)
{
    (void)arg;
    if (atomic_load(&requested))
        atomic_store(&approved, 1);
    rt_wait_group_done(&done);
}

static void carry_out(void *arg)
{
    (void)arg;
    if (atomic_load(&approved))
        atomic_store(&carried_out, 1);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    rt_go(withdraw, NULL);
    rt_go(approve, NULL);
    rt_go(carry_out, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
