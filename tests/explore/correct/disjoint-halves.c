/* Two tasks write two halves of one array, without a lock: they have no element in common. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

#define LENGTH 10
static int numbers[LENGTH];
static rt_wait_group done;

struct part {
    int begin, end;
};

static void fill(void *arg)
{
    const struct part *part = arg;

    for (int i = part->begin; i < part->end; i++)
        numbers[i] += i;
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    struct part parts[2] = {{0, LENGTH / 2}, {LENGTH / 2, LENGTH}};
    int sum = 0;

    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(fill, &parts[0]);
    rt_go(fill, &parts[1]);
    rt_wait_group_wait(&done);
    for (int i = 0; i < LENGTH; i++)
        sum += numbers[i];
    if (sum != LENGTH * (LENGTH - 1) / 2)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
