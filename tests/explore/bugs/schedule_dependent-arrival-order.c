/* Three workers send their digit on one channel, and main strings the digits together as they come. */
/* expect: schedule_dependent */
#include <stdint.h>
#include <stdio.h>

#include "rt.h"

static rt_chan *digits;

static void work(void *arg)
{
    int digit = (int)(intptr_t)arg;

    rt_chan_send(digits, &digit);
}

static void main_task(void *arg)
{
    int number = 0;

    (void)arg;
    digits = rt_chan_new(sizeof(int), 3);
    for (intptr_t i = 1; i <= 3; i++)
        rt_go(work, (void *)i);
    for (int i = 0; i < 3; i++) {
        int digit;
        rt_chan_recv(digits, &digit);
        number = 10 * number + digit;
    }
    printf("%d\n", number);
    rt_chan_free(digits);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
