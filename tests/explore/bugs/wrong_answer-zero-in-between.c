/* Main counts each task as it starts it, so the counter reaches zero in between when the first task is quick. The
 * finisher, who waits for zero, then believes that all is done. Hard to hit: it takes a whole task between two steps of
 * main, and the finisher as well. */
/* expect: wrong_answer */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static rt_wait_group running, finished;
static _Atomic(int) results;

static void work(void *arg)
{
    (void)arg;
    atomic_fetch_add(&results, 1);
    rt_wait_group_done(&running);
}

static void finish(void *arg)
{
    (void)arg;
    rt_wait_group_wait(&running);
    if (atomic_load(&results) != 3)
        abort();
    rt_wait_group_done(&finished);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&finished, 1);
    for (int i = 0; i < 3; i++) {
        rt_wait_group_add(&running, 1);
        rt_go(work, NULL);
        if (i == 0)
            rt_go(finish, NULL);
    }
    rt_wait_group_wait(&finished);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
