/* task.c - descriptors of tasks: slabs, free lists, numbers.
 *
 * A proc's free list is filled from the shared list, half a batch at a time, and that from new
 * slabs. Lock: pool_lock protects the shared list, the slabs and next_block. It is innermost. */
#include "task.h"

#include <stdatomic.h>
#include <stddef.h>

#include "context.h"
#include "kept.h"
#include "lock.h"
#include "proc.h"
#include "report.h"

/* 64 KiB of descriptors: large enough that malloc is rare, small enough for the smallest
 * program. */
#define SLAB_TASKS 512

/* What a proc keeps at hand, at most; half of it moves at a time. */
#define FREE_MAX 128

/* Numbers that a proc takes at a time. Small, so that they stay near the order of the spawns. */
#define ID_BLOCK 16

struct slab {
    _Atomic(struct slab *) next; /* written under the lock, read without by rt__task_each */
    struct rt__task tasks[SLAB_TASKS];
};

static rt__lock pool_lock;
static _Atomic(struct slab *) slabs; /* as slab->next */
static struct slab *last_slab;
static struct slab *fresh;      /* the earliest with tasks that were never used; NULL: none */
static int fresh_used;          /* of its tasks */
static struct rt__task *pool;   /* used before */
static uint64_t next_block = 1; /* 1 is the main task's: it is the first that is made */

/* What `link` leads to: of slabs, and a slab's next. acquire: pairs with the release in
 * slab_add_locked. */
static struct slab *slab_at(_Atomic(struct slab *) *link)
{
    return atomic_load_explicit(link, memory_order_acquire);
}

static bool slab_add_locked(void)
{
    struct slab *slab = rt__kept_new(64, sizeof *slab);
    if (slab == NULL) {
        return false;
    }
    atomic_init(&slab->next, NULL);
    for (int i = 0; i < SLAB_TASKS; i++) {
        slab->tasks[i] = (struct rt__task){.state = RT__TASK_FREE};
    }
    /* At the end: reports go by age. release: pairs with the acquire in slab_at, so that nobody
     * meets descriptors that are not initialised yet. */
    atomic_store_explicit(last_slab != NULL ? &last_slab->next : &slabs, slab,
                          memory_order_release);
    last_slab = slab;
    fresh = slab;
    fresh_used = 0;
    return true;
}

static struct rt__task *pool_get_locked(void)
{
    struct rt__task *task = pool;
    if (task != NULL) {
        pool = task->link;
        return task;
    }
    if (fresh == NULL && !slab_add_locked()) {
        return NULL;
    }
    task = &fresh->tasks[fresh_used++];
    if (fresh_used == SLAB_TASKS) {
        fresh = slab_at(&fresh->next);
        fresh_used = 0;
    }
    return task;
}

/* Moves tasks to the proc's empty list; the shared list's order is kept, so that a small program's
 * tasks lie, and are reported, in the order of their numbers. */
static bool refill(struct rt__proc *proc)
{
    struct rt__task **end = &proc->free_tasks, *task;
    rt__lock_acquire(&pool_lock);
    while (proc->free_tasks_count < FREE_MAX / 2 && (task = pool_get_locked()) != NULL) {
        *end = task;
        end = &task->link;
        proc->free_tasks_count++;
    }
    rt__lock_release(&pool_lock);
    *end = NULL;
    return proc->free_tasks != NULL;
}

static uint64_t id_next(struct rt__proc *proc)
{
    if (proc->next_id == proc->last_id) {
        rt__lock_acquire(&pool_lock);
        proc->next_id = next_block;
        next_block += ID_BLOCK;
        rt__lock_release(&pool_lock);
        proc->last_id = proc->next_id + ID_BLOCK;
    }
    return proc->next_id++;
}

struct rt__task *rt__task_new(struct rt__proc *proc, void (*fn)(void *), void *arg, rt_site here)
{
    if (!rt__stack_reserve(&proc->magazine)) {
        return NULL;
    }
    if (proc->free_tasks == NULL && !refill(proc)) {
        rt__stack_unreserve(&proc->magazine);
        return NULL;
    }
    struct rt__task *task = proc->free_tasks;
    proc->free_tasks = task->link;
    proc->free_tasks_count--;
    task->fn = fn;
    task->arg = arg;
    task->spawned_at = here;
    task->id = id_next(proc);
    task->name = NULL;
    task->sp = NULL;
    task->group = NULL;
    task->wait = RT__WAIT_NONE;
    task->state = RT__TASK_RUNNABLE;
#if defined(RT__ONE_THREAD)
    task->last_proc = 0;
#endif
    rt__count(&proc->spawned);
    return task;
}

/* The tops of stacks lie at different offsets in their pages: at the same one, the busiest lines of
 * all tasks would share one set of each cache. */
void rt__task_prepare(struct rt__proc *proc, struct rt__task *task, void (*entry)(void))
{
    enum { COLOURS = 16, COLOUR_BYTES = 128 };
    task->stack = task->id == 1 ? rt__stack_main_new() : rt__stack_get(&proc->magazine);
    if (task->stack == NULL) {
        rt__report_no_memory("the stack of a task");
    }
    size_t colour = (uintptr_t)task->stack / RT__STACK_BYTES % COLOURS;
    task->sp = rt__context_new(task->stack - colour * COLOUR_BYTES, entry);
    size_t bytes = rt__task_stack_bytes(task);
    rt__fiber_init(&task->fiber, task->stack - bytes, bytes);
}

void rt__task_free(struct rt__proc *proc, struct rt__task *task)
{
    task->state = RT__TASK_FREE;
    rt__stack_unreserve(&proc->magazine);
    if (proc->free_tasks_count == FREE_MAX) {
        rt__lock_acquire(&pool_lock);
        while (proc->free_tasks_count > FREE_MAX / 2) {
            struct rt__task *spare = proc->free_tasks;
            proc->free_tasks = spare->link;
            proc->free_tasks_count--;
            spare->link = pool;
            pool = spare;
        }
        rt__lock_release(&pool_lock);
    }
    task->link = proc->free_tasks;
    proc->free_tasks = task;
    proc->free_tasks_count++;
}

RT__RACY void rt__task_each(void (*visit)(const struct rt__task *task, void *context),
                            void *context)
{
    for (struct slab *slab = slab_at(&slabs); slab != NULL; slab = slab_at(&slab->next)) {
        for (int i = 0; i < SLAB_TASKS; i++) {
            if (slab->tasks[i].state != RT__TASK_FREE) {
                visit(&slab->tasks[i], context);
            }
        }
    }
}

void rt__task_release_all(bool keep)
{
    static struct slab *kept; /* keeps them reachable for leak checkers */
    struct slab *next;
    for (struct slab *slab = slab_at(&slabs); slab != NULL; slab = next) {
        next = slab_at(&slab->next);
        if (keep) {
            atomic_store_explicit(&slab->next, kept,
                                  memory_order_relaxed); /* nobody else is left */
            kept = slab;
        } else {
            rt__kept_free(slab);
        }
    }
    atomic_store_explicit(&slabs, NULL, memory_order_relaxed);
    last_slab = NULL;
    pool = NULL;
    fresh = NULL;
    next_block = 1;
}

void rt__task_rewind(void)
{
    for (struct slab *slab = slab_at(&slabs); slab != NULL; slab = slab_at(&slab->next)) {
        int used = slab == fresh ? fresh_used : SLAB_TASKS;
        for (int i = 0; i < used; i++) {
            slab->tasks[i].state = RT__TASK_FREE;
        }
        if (slab == fresh) {
            break;
        }
    }
    pool = NULL;
    fresh = slab_at(&slabs);
    fresh_used = 0;
    next_block = 1;
}

const char *rt__wait_text(enum rt__wait wait)
{
    /* used: gdb.py reads it, and compilers make something else of it otherwise. */
    static const char *const texts[] __attribute__((used)) = {
#define WAIT_TEXT(name, text) text,
        RT__WAITS(WAIT_TEXT)
#undef WAIT_TEXT
    };
    return texts[wait];
}

bool rt__wait_is_for_lock(enum rt__wait wait)
{
    return wait == RT__WAIT_MUTEX || wait == RT__WAIT_SEMAPHORE || wait == RT__WAIT_READ_LOCK ||
           wait == RT__WAIT_WRITE_LOCK;
}

bool rt__wait_is_sleep(enum rt__wait wait)
{
    return wait == RT__WAIT_SLEEP || wait == RT__WAIT_BLOCKING || wait == RT__WAIT_READ ||
           wait == RT__WAIT_WRITE || wait == RT__WAIT_ACCEPT || wait == RT__WAIT_CONNECT;
}
