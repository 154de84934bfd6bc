/* Five philosophers who take the fork with the lower number first. */
/* expect: none */
#include <stdint.h>

#include "rt.h"

#define SEATS 5
static rt_mutex forks[SEATS];
static rt_wait_group done;

static void dine(void *arg)
{
    int left = (int)(intptr_t)arg;
    int right = (left + 1) % SEATS;
    int low = left < right ? left : right;

    rt_mutex_lock(&forks[low]);
    rt_mutex_lock(&forks[left + right - low]);
    rt_mutex_unlock(&forks[left + right - low]);
    rt_mutex_unlock(&forks[low]);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, SEATS);
    for (intptr_t seat = 0; seat < SEATS; seat++)
        rt_go(dine, (void *)seat);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
