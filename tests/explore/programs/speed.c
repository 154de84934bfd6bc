/* How many schedules a second: 8 tasks of 16 operations each on objects that they share, half of them on atomics and half
 * on a mutex. `make bench-explore` runs it. */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

#define TASKS 8
#define ROUNDS 4

static _Atomic(int) sum;
static int total;
static rt_mutex lock;
static rt_wait_group done;

/* Each round is four operations. */
static void work(void *arg)
{
    (void)arg;
    for (int i = 0; i < ROUNDS; i++) {
        atomic_fetch_add(&sum, 1);
        rt_mutex_lock(&lock);
        total++;
        rt_mutex_unlock(&lock);
        atomic_fetch_add(&sum, 1);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, TASKS);
    for (int i = 0; i < TASKS; i++)
        rt_go(work, NULL);
    rt_wait_group_wait(&done);
    if (total != TASKS * ROUNDS || sum != 2 * TASKS * ROUNDS)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
