/* A reader calls a helper that takes the read lock again. Usually two readers of one lock are no problem, even if
 * they are the same task; but when a writer comes between the two, the second one waits behind the writer, and the
 * writer for the first. Hard to hit: the window lies between two neighbouring steps. */
/* expect: deadlock */
#include <stdlib.h>

#include "rt.h"

static int width = 3, height = 4;
static rt_rwmutex lock;
static rt_wait_group done;

static int area(void)
{
    rt_rwmutex_read_lock(&lock);
    int product = width * height;
    rt_rwmutex_read_unlock(&lock);
    return product;
}

static void measure(void *arg)
{
    (void)arg;
    rt_rwmutex_read_lock(&lock);
    if (width == 3 && area() != 12)
        abort();
    rt_rwmutex_read_unlock(&lock);
    rt_wait_group_done(&done);
}

static void turn(void *arg)
{
    (void)arg;
    rt_rwmutex_write_lock(&lock);
    int swap = width;
    width = height;
    height = swap;
    rt_rwmutex_write_unlock(&lock);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    rt_go(measure, NULL);
    rt_go(measure, NULL);
    rt_go(turn, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
