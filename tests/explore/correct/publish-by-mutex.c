/* Main waits, lock by lock, until the value is there; what was written before the flag is ordered by the lock as
 * well, though it is not accessed under it. */
/* expect: none */
#include <stdbool.h>
#include <stdlib.h>

#include "rt.h"

static int value;
static bool ready;
static rt_mutex lock;

static void compute(void *arg)
{
    (void)arg;
    value = 6 * 7;
    rt_mutex_lock(&lock);
    ready = true;
    rt_mutex_unlock(&lock);
}

static bool is_ready(void)
{
    rt_mutex_lock(&lock);
    bool now = ready;
    rt_mutex_unlock(&lock);
    return now;
}

static void main_task(void *arg)
{
    (void)arg;
    rt_go(compute, NULL);
    while (!is_ready())
        rt_yield();
    if (value != 42)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
