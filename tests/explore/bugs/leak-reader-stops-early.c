/* Main receives until it has found what it looked for. The producer does not know, and waits with its next number for
 * ever. */
/* expect: leak */
#include "rt.h"

static rt_chan *numbers;

static void count(void *arg)
{
    (void)arg;
    for (int i = 1; i <= 8; i++)
        rt_chan_send(numbers, &i);
    rt_chan_close(numbers);
}

static void main_task(void *arg)
{
    int number;

    (void)arg;
    numbers = rt_chan_new(sizeof(int), 1);
    rt_go(count, NULL);
    while (rt_chan_recv(numbers, &number) == RT_OK)
        if (number == 4)
            break;
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
