/* A right answer to lesson 19 with one pool and no stages: each task brings one station after the
 * other through all three steps, and a semaphore for each step says how many tasks may be in it.
 * There must be as many tasks as both limits together: some wait for a line while others compute.
 *
 * What a pipeline does by channels - hold back the step before - the number of tasks does here. */
#include <stdatomic.h>

#include "etl.h"

struct night {
    int count;
    _Atomic(int) next; /* the first station that nobody has taken; relaxed: only its value counts */
    rt_semaphore lines, rooms;
    rt_mutex table;
    rt_wait_group tasks;
};

static struct record read_by_permit(struct night *night, int station)
{
    rt_semaphore_acquire(&night->lines);
    struct record record = read_record(station);
    rt_semaphore_release(&night->lines);
    return record;
}

static struct row transform_by_permit(struct night *night, struct record record)
{
    rt_semaphore_acquire(&night->rooms);
    struct row row = transform(record);
    rt_semaphore_release(&night->rooms);
    return row;
}

static void work(void *arg)
{
    struct night *night = arg;
    int station;

    while ((station = atomic_fetch_add_explicit(&night->next, 1, memory_order_relaxed)) <
           night->count) {
        struct row row = transform_by_permit(night, read_by_permit(night, station));
        rt_mutex_lock(&night->table);
        write_row(row);
        rt_mutex_unlock(&night->table);
    }
    rt_wait_group_done(&night->tasks);
}

void run_pipeline(int count, int readers, int workers)
{
    struct night night = {
        .count = count,
        .lines = {.permits = readers},
        .rooms = {.permits = workers},
    };

    rt_wait_group_add(&night.tasks, readers + workers);
    for (int i = 0; i < readers + workers; i++)
        rt_go(work, &night);
    rt_wait_group_wait(&night.tasks);
}
