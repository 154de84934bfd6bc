/* Two tasks of a group wait for numbers that never come. After the cancel they look at the return value and
 * leave. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

static rt_chan *numbers;
static rt_mutex lock;
static int canceled;

static void work(void *arg)
{
    int status, number;

    (void)arg;
    while ((status = rt_chan_recv(numbers, &number)) == RT_OK)
        continue;
    if (status != RT_ECANCELED)
        abort();
    if (rt_mutex_lock(&lock) == RT_OK) {
        canceled++;
        rt_mutex_unlock(&lock);
    }
}

static void main_task(void *arg)
{
    (void)arg;
    numbers = rt_chan_new(sizeof(int), 1);
    rt_group *group = rt_group_new(RT_FOREVER);
    rt_group_go(group, work, NULL);
    rt_group_go(group, work, NULL);
    rt_chan_send(numbers, &(int){1});
    rt_group_cancel(group);
    if (rt_group_wait(group) != RT_ECANCELED || canceled > 2)
        abort();
    rt_group_free(group);
    rt_chan_free(numbers);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
