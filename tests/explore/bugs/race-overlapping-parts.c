/* Two halves of an array for two tasks, but the first one's loop runs to `middle` and includes it: the element in
 * the middle belongs to both. */
/* expect: race */
#include <stdlib.h>

#include "rt.h"

#define LENGTH 8
static int numbers[LENGTH];
static rt_wait_group done;

static void fill_first(void *arg)
{
    (void)arg;
    for (int i = 0; i <= LENGTH / 2; i++)
        numbers[i] += i;
    rt_wait_group_done(&done);
}

static void fill_second(void *arg)
{
    (void)arg;
    for (int i = LENGTH / 2; i < LENGTH; i++)
        numbers[i] += i;
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(fill_first, NULL);
    rt_go(fill_second, NULL);
    rt_wait_group_wait(&done);
    if (numbers[LENGTH - 1] != LENGTH - 1)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
