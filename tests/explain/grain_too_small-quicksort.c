/* Quicksort with a task for each side of each partition, down to sides of two numbers. Sorting sides of
 * less than some thousand numbers in the task itself would do. */
/* expect: grain_too_small */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define LENGTH 150000
#define ANSWER 161808436U /* as it is without tasks */

struct side {
    uint32_t *begin, *end;
    rt_wait_group *done;
};

static uint32_t numbers[LENGTH];

static uint32_t *partition(uint32_t *begin, uint32_t *end)
{
    uint32_t pivot = begin[(end - begin) / 2], *low = begin - 1, *high = end;

    for (;;) {
        while (*++low < pivot)
            continue;
        while (*--high > pivot)
            continue;
        if (low >= high)
            return low > begin ? low : begin + 1;
        uint32_t swap = *low;
        *low = *high;
        *high = swap;
    }
}

static void sort(void *arg)
{
    struct side *side = arg;

    if (side->end - side->begin > 1) {
        uint32_t *middle = partition(side->begin, side->end);
        rt_wait_group both = {0};
        struct side left = {side->begin, middle, &both}, right = {middle, side->end, &both};
        rt_wait_group_add(&both, 2);
        rt_go(sort, &left);  /* here */
        rt_go(sort, &right); /* here */
        rt_wait_group_wait(&both);
    }
    rt_wait_group_done(side->done);
}

static void main_task(void *arg)
{
    rt_wait_group done = {0};
    struct side all = {numbers, numbers + LENGTH, &done};
    uint32_t hash = 0;

    (void)arg;
    for (uint32_t i = 0; i < LENGTH; i++)
        numbers[i] = i * UINT32_C(2654435761) >> 7;
    rt_wait_group_add(&done, 1);
    sort(&all);
    for (uint32_t i = 0; i < LENGTH; i++)
        hash = hash * 31 + numbers[i];
    if (hash != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
