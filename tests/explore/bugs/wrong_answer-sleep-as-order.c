/* Main gives the worker a tenth of a millisecond, "which is plenty". A sleep says how long it lasts at least and nothing
 * about what others have done by then. Hard to hit in plain runs on a quiet machine. */
/* expect: wrong_answer */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static _Atomic(int) steps;

static void work(void *arg)
{
    (void)arg;
    for (int i = 0; i < 4; i++)
        atomic_fetch_add(&steps, 1);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_go(work, NULL);
    rt_sleep(100 * RT_US);
    if (atomic_load(&steps) != 4)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
