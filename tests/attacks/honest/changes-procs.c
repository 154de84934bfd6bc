/* changes-procs.c - asks for more procs and for fewer while tasks run. */
#include <stdatomic.h>

#include "honest.h"

static rt_wait_group done;
static atomic_int sum;

static void compute(void *unused)
{
    (void)unused;
    for (volatile int i = 0; i < 2000000; i++)
        ;
    atomic_fetch_add(&sum, 2000000);
    rt_wait_group_done(&done);
}

static void main_task(void *unused)
{
    (void)unused;
    rt_wait_group_add(&done, 8);
    for (int i = 0; i < 8; i++)
        rt_go(compute, NULL);
    for (int procs = 1; procs <= 4; procs++) {
        must(rt_procs(procs) >= 1, "rt_procs");
        rt_sleep(RT_MS);
    }
    rt_wait_group_wait(&done);
    must(atomic_load(&sum) == 8 * 2000000, "sum");
}

int main(void)
{
    return run_as_task(main_task);
}
