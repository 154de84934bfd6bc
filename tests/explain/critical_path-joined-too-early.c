/* Divide and conquer that waits for its left half before it begins the right one. As many tasks as
 * there are leaves, and never two that could run. */
/* expect: critical_path */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define MS 600000          /* so many steps take about a millisecond */
#define ANSWER 1984609426U /* as it is without tasks */

struct part {
    uint32_t begin, end, sum;
    rt_wait_group done;
};

static void check(uint32_t answer)
{
    if (answer != ANSWER)
        abort();
}

/* The loop's result goes into the answer, so that no compiler can leave it out. */
static uint32_t work(uint32_t x, int steps)
{
    for (int i = 0; i < steps; i++)
        x = (x ^ (x >> 15)) * UINT32_C(0x2c1b3c6d) + 1;
    return x;
}

static void add_up(void *arg)
{
    struct part *part = arg;

    if (part->end - part->begin == 1) {
        part->sum = work(part->begin, 6 * MS);
    } else {
        uint32_t middle = (part->begin + part->end) / 2;
        struct part left = {.begin = part->begin, .end = middle};
        struct part right = {.begin = middle, .end = part->end};
        rt_wait_group_add(&left.done, 1);
        rt_go(add_up, &left);
        rt_wait_group_wait(&left.done); /* here */
        rt_wait_group_add(&right.done, 1);
        rt_go(add_up, &right);
        rt_wait_group_wait(&right.done); /* here */
        part->sum = left.sum + right.sum;
    }
    rt_wait_group_done(&part->done); /* here */
}

static void main_task(void *arg)
{
    struct part all = {.begin = 0, .end = 16};

    (void)arg;
    rt_wait_group_add(&all.done, 1);
    rt_go(add_up, &all);
    rt_wait_group_wait(&all.done);
    check(all.sum);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
