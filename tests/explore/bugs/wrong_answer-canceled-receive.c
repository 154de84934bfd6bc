/* Missed cancellation: the worker takes whatever lies in its variable after a receive that was canceled, and adds the
 * last number once more. */
/* expect: wrong_answer */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

static rt_chan *numbers;
static _Atomic(int) sum;

static void add_two_numbers(void *arg)
{
    int number = 0;

    (void)arg;
    for (int i = 0; i < 2; i++) {
        rt_chan_recv(numbers, &number);
        atomic_fetch_add(&sum, number);
    }
}

static void main_task(void *arg)
{
    int number = 5;

    (void)arg;
    numbers = rt_chan_new(sizeof(int), 1);
    rt_group *group = rt_group_new(RT_FOREVER);
    rt_group_go(group, add_two_numbers, NULL);
    rt_chan_send(numbers, &number);
    rt_group_cancel(group);
    rt_group_wait(group);
    if (atomic_load(&sum) > 5)
        abort();
    rt_group_free(group);
    rt_chan_free(numbers);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
