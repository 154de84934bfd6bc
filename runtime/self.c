/* self.c - what a task can ask about itself and its like. */
#include "scheduler.h"
#include "worker.h"

void rt_set_name(const char *name)
{
    rt__self_or_misuse("rt_set_name", "")->name = name;
}

uint64_t rt_task_id(void)
{
    return rt__self_or_misuse("rt_task_id", "")->id;
}

int rt_proc_id(void)
{
    rt__call_begin("rt_proc_id", "");
    int id = rt__worker()->proc->id;
    rt__call_end();
    return id;
}

int64_t rt_num_tasks(void)
{
    int made = atomic_load_explicit(&rt__sched.procs_made, memory_order_acquire);
    int64_t count = 0;
    /* All spawned before all finished: a task that comes and goes meanwhile is counted as gone,
     * never twice, so the result is never more than there were. */
    for (int i = 0; i < made; i++) {
        count += atomic_load_explicit(&rt__sched.procs_all[i]->spawned, memory_order_acquire);
    }
    for (int i = 0; i < made; i++) {
        count -= atomic_load_explicit(&rt__sched.procs_all[i]->finished, memory_order_acquire);
    }
    return count;
}
