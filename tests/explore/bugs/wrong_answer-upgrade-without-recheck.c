/* A reader who finds the value missing gives the read lock back and takes the write lock. What it found may no longer
 * be so by then, and it does not look again: the value is made twice. */
/* expect: wrong_answer */
#include <stdbool.h>
#include <stdlib.h>

#include "rt.h"

static bool present;
static int times_made;
static rt_rwmutex lock;
static rt_wait_group done;

static void need(void *arg)
{
    (void)arg;
    rt_rwmutex_read_lock(&lock);
    bool found = present;
    rt_rwmutex_read_unlock(&lock);
    if (!found) {
        rt_rwmutex_write_lock(&lock);
        present = true;
        times_made++;
        rt_rwmutex_write_unlock(&lock);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    for (int i = 0; i < 3; i++)
        rt_go(need, NULL);
    rt_wait_group_wait(&done);
    if (times_made != 1)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
