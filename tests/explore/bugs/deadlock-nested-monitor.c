/* Waiting for a condition gives back the lock that goes with it, and only that one. The outer lock stays held, and who
 * would make the condition true needs it. Happens when the waiter is first. */
/* expect: deadlock */
#include <stdbool.h>

#include "rt.h"

static bool filled;
static rt_mutex shop, shelf;
static rt_cond changed;
static rt_wait_group done;

static void buy(void *arg)
{
    (void)arg;
    rt_mutex_lock(&shop);
    rt_mutex_lock(&shelf);
    while (!filled)
        rt_cond_wait(&changed, &shelf);
    rt_mutex_unlock(&shelf);
    rt_mutex_unlock(&shop);
    rt_wait_group_done(&done);
}

static void fill(void *arg)
{
    (void)arg;
    rt_mutex_lock(&shop);
    rt_mutex_lock(&shelf);
    filled = true;
    rt_cond_signal(&changed);
    rt_mutex_unlock(&shelf);
    rt_mutex_unlock(&shop);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(fill, NULL);
    rt_go(buy, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
