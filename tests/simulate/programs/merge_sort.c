/* Merge sort: each half is a task until halves are small. A fork-join tree whose last merges have few hands:
 * the last one of all is serial. */
#include <stdlib.h>
#include <string.h>

#include "program.h"

#define SMALL 4096

struct range {
    int *numbers, *room;
    int count;
    rt_wait_group *done;
};

static void merge(struct range range, int half)
{
    int i = 0, j = half;
    for (int k = 0; k < range.count; k++) {
        bool left = j == range.count || (i < half && range.numbers[i] <= range.numbers[j]);
        range.room[k] = range.numbers[left ? i++ : j++];
    }
    for (int k = 0; k < range.count; k++) {
        range.numbers[k] = range.room[k];
    }
}

static void sort(struct range range);

static void sort_task(void *arg)
{
    struct range *range = arg;
    sort(*range);
    rt_wait_group_done(range->done);
}

static void sort(struct range range)
{
    if (range.count < 2) {
        return;
    }
    int half = range.count / 2;
    rt_wait_group done = {0};
    struct range left = {range.numbers, range.room, half, &done};
    struct range right = {range.numbers + half, range.room + half, range.count - half, NULL};
    if (range.count > SMALL) {
        rt_wait_group_add(&done, 1);
        rt_go(sort_task, &left);
        sort(right);
        rt_wait_group_wait(&done);
    } else {
        sort(left);
        sort(right);
    }
    merge(range, half);
}

uint64_t program(int percent)
{
    int count = 15000 * percent;
    int *numbers = malloc((size_t)count * sizeof *numbers),
        *room = malloc((size_t)count * sizeof *room);
    uint64_t stream = 1, check = 0;
    for (int i = 0; i < count; i++) {
        numbers[i] = (int)(draw(&stream) >> 33);
    }
    sort((struct range){numbers, room, count, NULL});
    for (int i = 0; i < count; i++) {
        check = check * 31 + (uint64_t)numbers[i];
    }
    free(numbers);
    free(room);
    return check;
}
