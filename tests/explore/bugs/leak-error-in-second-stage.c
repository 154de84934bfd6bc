/* The second stage of a pipeline ends at a number that it does not like, and says so to main. It tells nothing to
 * the first stage, which waits for room in the channel between them. */
/* expect: leak */
#include "rt.h"

static rt_chan *numbers;
static rt_wait_group done;

static void produce(void *arg)
{
    (void)arg;
    for (int i = 0; i < 6; i++)
        rt_chan_send(numbers, &i);
    rt_chan_close(numbers);
}

static void check(void *arg)
{
    int number;

    (void)arg;
    while (rt_chan_recv(numbers, &number) == RT_OK && number < 3)
        continue;
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    numbers = rt_chan_new(sizeof(int), 0);
    rt_wait_group_add(&done, 1);
    rt_go(produce, NULL);
    rt_go(check, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
