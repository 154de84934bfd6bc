/* All who write the total hold the lock. The one who only reads it thinks that reading is harmless. */
/* expect: race */
#include <stdlib.h>

#include "rt.h"

static int total;
static rt_mutex lock;
static rt_wait_group done;

static void deposit(void *arg)
{
    (void)arg;
    for (int i = 0; i < 2; i++) {
        rt_mutex_lock(&lock);
        total += 10;
        rt_mutex_unlock(&lock);
    }
    rt_wait_group_done(&done);
}

static void report(void *arg)
{
    (void)arg;
    if (total > 60)
        abort();
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 4);
    for (int i = 0; i < 3; i++)
        rt_go(deposit, NULL);
    rt_go(report, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
