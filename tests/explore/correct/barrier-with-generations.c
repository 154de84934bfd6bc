/* A barrier that can be used again: who waits, waits for the next generation, not for a count. */
/* expect: none */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

#define PARTIES 3
#define ROUNDS 3
static int arrived, generation;
static _Atomic(int) steps;
static rt_mutex lock;
static rt_cond next;
static rt_wait_group done;

static void meet(void)
{
    rt_mutex_lock(&lock);
    int mine = generation;
    if (++arrived == PARTIES) {
        arrived = 0;
        generation++;
        rt_cond_broadcast(&next);
    } else {
        while (generation == mine)
            rt_cond_wait(&next, &lock);
    }
    rt_mutex_unlock(&lock);
}

static void work(void *arg)
{
    (void)arg;
    for (int round = 1; round <= ROUNDS; round++) {
        atomic_fetch_add(&steps, 1);
        meet();
        if (atomic_load(&steps) < round * PARTIES)
            abort();
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, PARTIES);
    for (int i = 0; i < PARTIES; i++)
        rt_go(work, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
