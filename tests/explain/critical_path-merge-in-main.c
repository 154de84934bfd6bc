/* Eight tasks make 64 ascending lists, and that is quick. Then main alone merges them by looking at all
 * lists for every number, which takes nearly all of the time. */
/* expect: critical_path */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define PARTS 64
#define TASKS 8
#define LENGTH 16000      /* of a part */
#define ANSWER 353929896U /* as it is without tasks */

static uint32_t numbers[PARTS][LENGTH];
static int heads[PARTS];
static rt_wait_group done;

/* The numbers of a part come in ascending order: they are made rather than sorted. */
static void make_parts(void *arg)
{
    for (uintptr_t part = (uintptr_t)arg; part < PARTS; part += TASKS) {
        uint32_t x = (uint32_t)part;
        for (int i = 0; i < LENGTH; i++) {
            numbers[part][i] = x;
            x += 1 + (x * UINT32_C(2654435761) >> 24);
        }
    }
    rt_wait_group_done(&done);
}

static uint32_t take_smallest(void)
{
    int smallest = -1;

    for (int part = 0; part < PARTS; part++) {
        if (heads[part] == LENGTH)
            continue;
        if (smallest < 0 || numbers[part][heads[part]] < numbers[smallest][heads[smallest]])
            smallest = part;
    }
    return numbers[smallest][heads[smallest]++];
}

static uint32_t merge(void)
{
    uint32_t hash = 0;

    for (int i = 0; i < PARTS * LENGTH; i++)
        hash = hash * 31 + take_smallest();
    return hash;
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, TASKS);
    for (uintptr_t task = 0; task < TASKS; task++)
        rt_go(make_parts, (void *)task);
    rt_wait_group_wait(&done); /* here */
    if (merge() != ANSWER)     /* here */
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
