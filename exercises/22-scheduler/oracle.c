/* oracle.c - the expected answer of lesson 22: a queue under a lock of the runtime. That is no scheduler's queue, as it
 * stands on a scheduler; but it is plainly right. */
#include "rt.h"
#include "runq.h"

static rt_mutex lock; /* guards all queues; the atomics need no order of their own */

static struct ends get(struct runq *queue)
{
    return ends_unpack(atomic_load_explicit(&queue->ends, memory_order_relaxed));
}

static void put(struct runq *queue, struct ends ends)
{
    atomic_store_explicit(&queue->ends, ends_pack(ends), memory_order_relaxed);
}

static bool push_locked(struct runq *queue, uint32_t job)
{
    struct ends ends = get(queue);

    if (ends_length(ends) == RUNQ_SIZE)
        return false;
    atomic_store_explicit(&queue->ring[ends.tail++ % RUNQ_SIZE], job, memory_order_relaxed);
    put(queue, ends);
    return true;
}

static bool pop_locked(struct runq *queue, uint32_t *job)
{
    struct ends ends = get(queue);

    if (ends_length(ends) == 0)
        return false;
    *job = atomic_load_explicit(&queue->ring[ends.head++ % RUNQ_SIZE], memory_order_relaxed);
    put(queue, ends);
    return true;
}

bool runq_push(struct runq *queue, uint32_t job)
{
    rt_mutex_lock(&lock);
    bool pushed = push_locked(queue, job);
    rt_mutex_unlock(&lock);
    return pushed;
}

bool runq_pop(struct runq *queue, uint32_t *job)
{
    rt_mutex_lock(&lock);
    bool popped = pop_locked(queue, job);
    rt_mutex_unlock(&lock);
    return popped;
}

bool runq_steal(struct runq *from, struct runq *into, uint32_t *job)
{
    uint32_t next;

    rt_mutex_lock(&lock);
    uint32_t rest = ends_length(get(from)) / 2;
    bool stolen = pop_locked(from, job);
    while (ends_length(get(from)) > rest && pop_locked(from, &next))
        push_locked(into, next);
    rt_mutex_unlock(&lock);
    return stolen;
}
