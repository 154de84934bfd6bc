/* Wrong: one pool for all, as large as the number of lines, as is right for work that waits. It is
 * fast. But nothing bounds how many of them compute at the same time, and there is not room for
 * so many. */
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

    (void)workers;
    rt_wait_group_add(&night.tasks, readers);
    for (int i = 0; i < readers; i++)
        rt_go(work, &night);
    rt_wait_group_wait(&night.tasks);
}
