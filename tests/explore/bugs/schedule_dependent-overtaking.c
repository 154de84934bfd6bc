/* A pipeline of two workers in its middle stage: item 2 may overtake item 1 and so on, and the last stage takes
 * differences of neighbours. Needs an item to be held up between a receive and the next send. */
/* expect: schedule_dependent */
#include <stdio.h>
#include <stdlib.h>

#include "rt.h"

static rt_chan *in, *out;

static void square(void *arg)
{
    int item;

    (void)arg;
    while (rt_chan_recv(in, &item) == RT_OK) {
        item = item * item;
        rt_chan_send(out, &item);
    }
}

static void main_task(void *arg)
{
    int previous = 0, sum = 0;

    (void)arg;
    in = rt_chan_new(sizeof(int), 4);
    out = rt_chan_new(sizeof(int), 4);
    rt_go(square, NULL);
    rt_go(square, NULL);
    for (int i = 1; i <= 4; i++)
        rt_chan_send(in, &i);
    rt_chan_close(in);
    for (int i = 0; i < 4; i++) {
        int item;
        rt_chan_recv(out, &item);
        sum += abs(item - previous);
        previous = item;
    }
    printf("%d\n", sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
