/* Three stages; each closes its output when its input is closed and used up. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static rt_chan *numbers, *squares;

static void produce(void *arg)
{
    (void)arg;
    for (int i = 1; i <= 4; i++)
        rt_chan_send(numbers, &i);
    rt_chan_close(numbers);
}

static void square(void *arg)
{
    int number;

    (void)arg;
    while (rt_chan_recv(numbers, &number) == RT_OK) {
        number *= number;
        rt_chan_send(squares, &number);
    }
    rt_chan_close(squares);
}

static void main_task(void *arg)
{
    int number, sum = 0;

    (void)arg;
    numbers = rt_chan_new(sizeof(int), 0);
    squares = rt_chan_new(sizeof(int), 2);
    rt_go(produce, NULL);
    rt_go(square, NULL);
    while (rt_chan_recv(squares, &number) == RT_OK)
        sum += number;
    if (sum != 30)
        abort();
    rt_chan_free(numbers);
    rt_chan_free(squares);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
