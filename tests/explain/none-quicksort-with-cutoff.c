/* Quicksort that starts tasks for large sides only, and sorts the others itself. The data are a hundred
 * arrays, so that the first partitions, which one task makes alone, don't matter. Compare
 * grain_too_small-quicksort.c. */
/* expect: none */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define ARRAYS 100
#define LENGTH 20000
#define CUTOFF 4000
#define ANSWER 3108714876U /* as it is without tasks */

struct side {
    uint32_t *begin, *end;
    rt_wait_group *done;
};

static uint32_t numbers[ARRAYS][LENGTH];

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

static void sort(uint32_t *begin, uint32_t *end);

static void sort_side(void *arg)
{
    struct side *side = arg;

    sort(side->begin, side->end);
    rt_wait_group_done(side->done);
}

static void sort(uint32_t *begin, uint32_t *end)
{
    if (end - begin < 2)
        return;
    uint32_t *middle = partition(begin, end);
    if (end - begin < CUTOFF) {
        sort(begin, middle);
        sort(middle, end);
    } else {
        rt_wait_group done = {0};
        struct side right = {middle, end, &done};
        rt_wait_group_add(&done, 1);
        rt_go(sort_side, &right);
        sort(begin, middle);
        rt_wait_group_wait(&done);
    }
}

static void fill_and_sort(void *arg)
{
    struct side *array = arg;

    for (uint32_t i = 0; i < LENGTH; i++)
        array->begin[i] = i * UINT32_C(2654435761) >> 7;
    sort(array->begin, array->end);
    rt_wait_group_done(array->done);
}

static void main_task(void *arg)
{
    rt_wait_group done = {0};
    struct side arrays[ARRAYS];
    uint32_t sum = 0;

    (void)arg;
    rt_wait_group_add(&done, ARRAYS);
    for (int i = 0; i < ARRAYS; i++) {
        arrays[i] = (struct side){numbers[i], numbers[i] + LENGTH, &done};
        rt_go(fill_and_sort, &arrays[i]);
    }
    rt_wait_group_wait(&done);
    for (uint32_t i = 0; i < ARRAYS; i++)
        sum += numbers[i][LENGTH / 2] * (i + 1);
    if (sum != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
