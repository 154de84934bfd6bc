/* Dijkstra's philosophers: everybody takes the left fork first. Hard to hit: all five have to hold one before any
 * has a second. */
/* expect: deadlock */
#include <stdint.h>

#include "rt.h"

#define SEATS 5
static rt_semaphore forks[SEATS];
static rt_wait_group done;

static void dine(void *arg)
{
    intptr_t seat = (intptr_t)arg;

    rt_semaphore_acquire(&forks[seat]);
    rt_semaphore_acquire(&forks[(seat + 1) % SEATS]);
    rt_semaphore_release(&forks[(seat + 1) % SEATS]);
    rt_semaphore_release(&forks[seat]);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    for (int i = 0; i < SEATS; i++)
        forks[i].permits = 1;
    rt_wait_group_add(&done, SEATS);
    for (intptr_t seat = 0; seat < SEATS; seat++)
        rt_go(dine, (void *)seat);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
