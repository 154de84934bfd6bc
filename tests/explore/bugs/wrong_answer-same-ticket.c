/* Six customers draw tickets. The dispenser's number is read and put on by one in two steps: two customers may get
 * the same ticket. */
/* expect: wrong_answer */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

#define CUSTOMERS 6
static _Atomic(int) next_ticket, holders[CUSTOMERS];
static rt_wait_group done;

static int draw(void)
{
    int ticket = atomic_load(&next_ticket);
    atomic_store(&next_ticket, ticket + 1);
    return ticket;
}

static void queue_up(void *arg)
{
    (void)arg;
    if (atomic_fetch_add(&holders[draw()], 1) != 0)
        abort();
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, CUSTOMERS);
    for (int i = 0; i < CUSTOMERS; i++)
        rt_go(queue_up, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
