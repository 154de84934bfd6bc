/* The next version is computed from what was read under the read lock, and stored under the write lock. Between the
 * two another task may have stored its own. */
/* expect: wrong_answer */
#include <stdlib.h>

#include "rt.h"

static int version;
static rt_rwmutex lock;
static rt_wait_group done;

static void publish(void *arg)
{
    (void)arg;
    for (int i = 0; i < 2; i++) {
        rt_rwmutex_read_lock(&lock);
        int next = version + 1;
        rt_rwmutex_read_unlock(&lock);
        rt_rwmutex_write_lock(&lock);
        version = next;
        rt_rwmutex_write_unlock(&lock);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(publish, NULL);
    rt_go(publish, NULL);
    rt_wait_group_wait(&done);
    if (version != 4)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
