/* spawn.c - starts tasks that do nothing, in batches, and waits for each batch.
 *
 * "Nothing" still leaves a mark, in a place of its own, so that no task can be missing. */
#include "barista.h"

static rt_wait_group batch;

static void leave_a_mark(void *arg)
{
    int64_t *marks = arg;
    ++*marks;
    rt_wait_group_done(&batch);
}

int64_t run_spawn(int64_t n)
{
    static int64_t marks[SPAWN_BATCH];
    for (int64_t left = n; left > 0; left -= SPAWN_BATCH) {
        int64_t size = left < SPAWN_BATCH ? left : SPAWN_BATCH;
        rt_wait_group_add(&batch, size);
        for (int64_t i = 0; i < size; i++) {
            start_task(leave_a_mark, &marks[i]);
        }
        rt_wait_group_wait(&batch);
    }
    int64_t ran = 0;
    for (int i = 0; i < SPAWN_BATCH; i++) {
        ran += marks[i];
    }
    return ran;
}
