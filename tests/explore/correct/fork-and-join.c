/* A sum by halves: each call starts a task for its left half, on its own stack, and joins it. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

struct range {
    int begin, end, sum;
    rt_wait_group *joined;
};

static void add_up(void *arg)
{
    struct range *range = arg;

    if (range->end - range->begin == 1) {
        range->sum = range->begin;
    } else {
        int middle = (range->begin + range->end) / 2;
        rt_wait_group join = {0};
        struct range left = {range->begin, middle, 0, &join};
        struct range right = {middle, range->end, 0, NULL};
        rt_wait_group_add(&join, 1);
        rt_go(add_up, &left);
        add_up(&right);
        rt_wait_group_wait(&join);
        range->sum = left.sum + right.sum;
    }
    if (range->joined != NULL)
        rt_wait_group_done(range->joined);
}

static void main_task(void *arg)
{
    struct range all = {0, 6, 0, NULL};

    (void)arg;
    add_up(&all);
    if (all.sum != 15)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
