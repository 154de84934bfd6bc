/* Wrong: one pool for all, as large as the number of procs, as is right for work that computes. A
 * worker that waits for a line takes no proc, but it takes one of the workers. */
#include <stdatomic.h>

#include "etl.h"

struct night {
    int count;
    _Atomic(int) next; /* the first station that nobody has taken; relaxed: only its value counts */
    rt_mutex table;
    rt_wait_group tasks;
};

static void work(void *arg)
{
    struct night *night = arg;
    int station;

    while ((station = atomic_fetch_add_explicit(&night->next, 1, memory_order_relaxed)) <
           night->count) {
        struct row row = transform(read_record(station));
        rt_mutex_lock(&night->table);
        write_row(row);
        rt_mutex_unlock(&night->table);
    }
    rt_wait_group_done(&night->tasks);
}

void run_pipeline(int count, int readers, int workers)
{
    struct night night = {.count = count};

    (void)readers;
    rt_wait_group_add(&night.tasks, workers);
    for (int i = 0; i < workers; i++)
        rt_go(work, &night);
    rt_wait_group_wait(&night.tasks);
}
