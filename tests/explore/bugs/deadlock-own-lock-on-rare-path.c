/* add() takes the lock and, when the buffer is full, calls flush(), which takes it too: the task waits for itself. The
 * buffer is full only when main's flush comes before the first two have added. Plain runs flush in time nearly
 * always. */
/* expect: deadlock */
#include "rt.h"

#define FULL 3
static int length;
static rt_mutex lock;
static rt_wait_group done;

static void flush(void)
{
    rt_mutex_lock(&lock);
    length = 0;
    rt_mutex_unlock(&lock);
}

static void add(void *arg)
{
    (void)arg;
    rt_mutex_lock(&lock);
    length++;
    if (length == FULL)
        flush();
    rt_mutex_unlock(&lock);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    rt_go(add, NULL);
    rt_go(add, NULL);
    rt_yield();
    flush();
    rt_go(add, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
