/* sched.c - the global queue and the list of idle procs. */
#include "sched.h"

#include <stddef.h>
#include <string.h>

#include "task.h"

struct rt__sched rt__sched = {.sentry_until = RT__NEVER};

/* Under the lock: a thread that an earlier run abandoned may come to look whether it was. */
void rt__sched_reset(void)
{
    rt__lock_acquire(&rt__sched.lock);
    size_t lock_end = offsetof(struct rt__sched, lock) + sizeof rt__sched.lock;
    memset((char *)&rt__sched + lock_end, 0, sizeof rt__sched - lock_end);
    atomic_store_explicit(&rt__sched.sentry_until, RT__NEVER, memory_order_relaxed);
    rt__lock_release(&rt__sched.lock);
}

/* ---- The global queue ------------------------------------------------------------------------ */

void rt__global_put_locked(struct rt__task *first, struct rt__task *last, uint32_t count)
{
    last->link = NULL;
    *(rt__sched.global_last != NULL ? &rt__sched.global_last->link : &rt__sched.global_first) =
        first;
    rt__sched.global_last = last;
    /* Sequentially consistent: step S1 of the wake-up protocol (worker.h). */
    atomic_fetch_add_explicit(&rt__sched.global_length, count, memory_order_seq_cst);
}

void rt__global_put(struct rt__task *first, struct rt__task *last, uint32_t count)
{
    rt__lock_acquire(&rt__sched.lock);
    rt__global_put_locked(first, last, count);
    rt__lock_release(&rt__sched.lock);
}

static struct rt__task *pop_locked(void)
{
    struct rt__task *task = rt__sched.global_first;
    rt__sched.global_first = task->link;
    if (task->link == NULL) {
        rt__sched.global_last = NULL;
    }
    return task;
}

/* One to run, and a fair share of the others into the ring while it has room. Each is off the list
 * before it is in the ring: from there a thief takes it without our lock, and once it has run and
 * ended, its link belongs to another list. */
static struct rt__task *get_locked(struct rt__proc *proc, int64_t most)
{
    int64_t length = atomic_load_explicit(&rt__sched.global_length, memory_order_relaxed);
    int64_t share = length / rt__procs_active() + 1;
    share = share < most ? share : most;
    share = share < length ? share : length;
    if (length == 0) {
        return NULL;
    }
    struct rt__task *run = pop_locked();
    int64_t taken = 1;
    while (taken < share && rt__run_queue_has_room(&proc->queue)) {
        (void)rt__run_queue_push(&proc->queue, pop_locked());
        taken++;
    }
    atomic_fetch_sub_explicit(&rt__sched.global_length, taken, memory_order_seq_cst);
    return run;
}

struct rt__task *rt__global_get(struct rt__proc *proc, int64_t most)
{
    if (atomic_load_explicit(&rt__sched.global_length, memory_order_relaxed) == 0) {
        return NULL;
    }
    rt__lock_acquire(&rt__sched.lock);
    struct rt__task *task = get_locked(proc, most);
    rt__lock_release(&rt__sched.lock);
    return task;
}

/* ---- Idle procs ------------------------------------------------------------------------------ */

void rt__proc_idle_put_locked(struct rt__proc *proc)
{
    proc->idle_link = rt__sched.idle_proc_list;
    rt__sched.idle_proc_list = proc;
    proc->idle = true;
    atomic_fetch_add_explicit(&rt__sched.idle_procs, 1, memory_order_seq_cst); /* I1 */
}

void rt__proc_idle_remove_locked(struct rt__proc *proc)
{
    struct rt__proc **link = &rt__sched.idle_proc_list;
    while (*link != proc) {
        link = &(*link)->idle_link;
    }
    *link = proc->idle_link;
    proc->idle = false;
    atomic_fetch_sub_explicit(&rt__sched.idle_procs, 1, memory_order_seq_cst);
}

struct rt__proc *rt__proc_idle_get_locked(void)
{
    struct rt__proc *proc = rt__sched.idle_proc_list;
    if (proc != NULL) {
        rt__proc_idle_remove_locked(proc);
    }
    return proc;
}
