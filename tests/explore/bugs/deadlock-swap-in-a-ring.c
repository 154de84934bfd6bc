/* swap() locks its two arguments in the order in which they are given, which looks like a rule and is none: four
 * tasks swap around a ring. Hard to hit: all four have to hold one lock. */
/* expect: deadlock */
#include <stdint.h>

#include "rt.h"

#define CELLS 4
static struct cell {
    int value;
    rt_mutex lock;
} cells[CELLS];
static rt_wait_group done;

static void swap(struct cell *a, struct cell *b)
{
    rt_mutex_lock(&a->lock);
    rt_mutex_lock(&b->lock);
    int value = a->value;
    a->value = b->value;
    b->value = value;
    rt_mutex_unlock(&b->lock);
    rt_mutex_unlock(&a->lock);
}

static void work(void *arg)
{
    intptr_t i = (intptr_t)arg;

    swap(&cells[i], &cells[(i + 1) % CELLS]);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, CELLS);
    for (intptr_t i = 0; i < CELLS; i++)
        rt_go(work, (void *)i);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
