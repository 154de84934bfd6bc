/* The textbook's bounded buffer: one semaphore counts free places and one counts values. The plain indexes belong to one
 * task each, and the places are handed to and fro. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

#define PLACES 2
#define VALUES 6
static int ring[PLACES];
static rt_semaphore free_places = {.permits = PLACES}, values;
static rt_wait_group done;

static void produce(void *arg)
{
    (void)arg;
    for (int i = 0; i < VALUES; i++) {
        rt_semaphore_acquire(&free_places);
        ring[i % PLACES] = i;
        rt_semaphore_release(&values);
    }
    rt_wait_group_done(&done);
}

static void consume(void *arg)
{
    (void)arg;
    for (int i = 0; i < VALUES; i++) {
        rt_semaphore_acquire(&values);
        if (ring[i % PLACES] != i)
            abort();
        rt_semaphore_release(&free_places);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(produce, NULL);
    rt_go(consume, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
