/* run_queue.h - the runnable tasks of one proc: a ring, and in front of it the `next` slot.
 *
 * The ring is a double-ended queue. Its owner pushes at the tail. When a task yields or ends, the
 * owner pops at the head: first in, first out, which is fair. When a task parks, it pops at the
 * tail: what the task has just spawned is the smallest piece of work and runs while its parent's
 * data is in the cache; going on with the oldest instead would start every branch of a recursion
 * before finishing any. Thieves take half of the ring from the head: the oldest, largest pieces.
 *
 * The `next` slot holds the task that was readied last. It runs before the ring, because what it
 * will touch is still in this core's cache.
 *
 * Invariants:
 *   - `ends` packs head, tail and a version into one 64-bit word; every change of the queue is one
 *     successful compare-and-swap on it, so owner and thieves agree on who got which task;
 *   - the tasks at head..tail-1 (modulo the size) are queued, each in exactly one queue;
 *   - only the owner writes slots, and only slots outside head..tail-1; so a thief that reads slots
 *     and then succeeds with its swap has read what the owner queued;
 *   - no word comes back while a thief still holds it. Two things bring the same head and tail
 *     back, with other tasks between them: popping at the tail and pushing again, and 65,536
 *     pushes, for which a thief that the kernel stops leaves time enough. Both count up the
 *     version.
 * Go's ring (separate head and tail, no pop at the tail) and Chase-Lev's deque (no stealing of
 * batches) each lack one end of this; one word costs nothing more, since publishing a task takes a
 * locked instruction anyway.
 *
 * The sequentially consistent accesses are one half of the wake-up protocol (worker.h): "publish
 * work, then look for idle procs" against "go idle, then look for work". */
#ifndef RT_RUN_QUEUE_H
#define RT_RUN_QUEUE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "alone.h"
#include "perturb.h"

struct rt__task;

/* Go's number: large enough that the global queue is rare, small enough that half of it can be
 * moved in one go. A power of two, 2 to 32768. Tests build with a tiny one to make overflow
 * common. */
#ifndef RT__RUN_QUEUE_SIZE
#define RT__RUN_QUEUE_SIZE 256
#endif

struct rt__run_queue {
    _Alignas(64) _Atomic(struct rt__task *) next;
    _Atomic(uint64_t) ends;
    uint16_t
        floor; /* owner: the tail after the last push_last; nothing below is popped as youngest */
    _Atomic(struct rt__task *) ring[RT__RUN_QUEUE_SIZE];
};

/* The word `ends`, unpacked. Counters run free and wrap; tail - head, modulo 2^16, is the
 * length. */
struct rt__ends {
    uint16_t head, tail;
    uint32_t version;
};

static inline struct rt__ends rt__ends_unpack(uint64_t word)
{
    return (struct rt__ends){
        .head = (uint16_t)word, .tail = (uint16_t)(word >> 16), .version = (uint32_t)(word >> 32)};
}

static inline uint64_t rt__ends_pack(struct rt__ends ends)
{
    return (uint64_t)ends.version << 32 | (uint64_t)ends.tail << 16 | ends.head;
}

static inline uint16_t rt__ends_length(struct rt__ends ends)
{
    return (uint16_t)(ends.tail - ends.head);
}

/* Moves the tail on over new tasks; when it comes round, the version counts. */
static inline void rt__ends_append(struct rt__ends *ends, uint16_t count)
{
    ends->tail = (uint16_t)(ends->tail + count);
    ends->version += ends->tail < count;
}

static inline struct rt__task *rt__slot_get(struct rt__run_queue *queue, uint16_t index)
{
    return atomic_load_explicit(&queue->ring[index % RT__RUN_QUEUE_SIZE], memory_order_relaxed);
}

static inline void rt__slot_set(struct rt__run_queue *queue, uint16_t index, struct rt__task *task)
{
    atomic_store_explicit(&queue->ring[index % RT__RUN_QUEUE_SIZE], task, memory_order_relaxed);
}

static inline uint64_t rt__ends_load(struct rt__run_queue *queue)
{
    /* acquire: pairs with the swap of whoever put the tasks there. */
    return atomic_load_explicit(&queue->ends, memory_order_acquire);
}

/* The one way the queue changes. Sequentially consistent: releases the slots to the next reader,
 * and orders "publish" before the caller's look for idle procs. On failure *word is what is there
 * now. */
static inline bool rt__ends_swap(struct rt__run_queue *queue, uint64_t *word, struct rt__ends to)
{
    rt__perturb_delay();
    if (rt__alone()) {
        atomic_store_explicit(&queue->ends, rt__ends_pack(to), memory_order_relaxed);
        return true;
    }
    return atomic_compare_exchange_weak_explicit(&queue->ends, word, rt__ends_pack(to),
                                                 memory_order_seq_cst, memory_order_acquire);
}

/* ---- Operations; those of every switch are inline -------------------------------------------- */

/* Owner: appends a task. False when the ring is full: see rt__run_queue_take_half. */
static inline bool rt__run_queue_push(struct rt__run_queue *queue, struct rt__task *task)
{
    uint64_t word = rt__ends_load(queue);
    struct rt__ends ends;
    do {
        ends = rt__ends_unpack(word);
        if (rt__ends_length(ends) == RT__RUN_QUEUE_SIZE) {
            return false;
        }
        rt__slot_set(queue, ends.tail, task);
        rt__ends_append(&ends, 1);
    } while (!rt__ends_swap(queue, &word, ends));
    return true;
}

/* Owner: whether a push will succeed. Others only take, so the room stays. */
static inline bool rt__run_queue_has_room(struct rt__run_queue *queue)
{
    return rt__ends_length(rt__ends_unpack(rt__ends_load(queue))) < RT__RUN_QUEUE_SIZE;
}

/* Owner: removes the oldest task of the ring, or returns NULL. */
static inline struct rt__task *rt__run_queue_pop_oldest(struct rt__run_queue *queue)
{
    uint64_t word = rt__ends_load(queue);
    struct rt__ends ends;
    struct rt__task *task;
    do {
        ends = rt__ends_unpack(word);
        if (rt__ends_length(ends) == 0) {
            return NULL;
        }
        task = rt__slot_get(queue, ends.head);
        ends.head++;
    } while (!rt__ends_swap(queue, &word, ends));
    return task;
}

/* Owner: as push, for a task that gave way to all others: it will not be popped as the youngest. */
static inline bool rt__run_queue_push_last(struct rt__run_queue *queue, struct rt__task *task)
{
    bool pushed = rt__run_queue_push(queue, task);
    if (pushed) {
        queue->floor = rt__ends_unpack(rt__ends_load(queue)).tail;
    }
    return pushed;
}

/* Owner: removes the youngest task of the ring, or returns NULL: also when that one gave way. */
static inline struct rt__task *rt__run_queue_pop_youngest(struct rt__run_queue *queue)
{
    uint64_t word = rt__ends_load(queue);
    struct rt__ends ends;
    struct rt__task *task;
    do {
        ends = rt__ends_unpack(word);
        if (rt__ends_length(ends) == 0 || ends.tail == queue->floor) {
            return NULL;
        }
        ends.tail--;
        ends.version++;
        task = rt__slot_get(queue, ends.tail);
    } while (!rt__ends_swap(queue, &word, ends));
    return task;
}

/* Owner, alone (alone.h): pop_oldest, and push_last of `task`, in one; so it can't overflow. NULL,
 * and no change, if the ring is empty. */
static inline struct rt__task *rt__run_queue_exchange(struct rt__run_queue *queue,
                                                      struct rt__task *task)
{
    struct rt__ends ends = rt__ends_unpack(rt__ends_load(queue));
    if (rt__ends_length(ends) == 0) {
        return NULL;
    }
    struct rt__task *oldest = rt__slot_get(queue, ends.head); /* in a full ring, the same slot */
    rt__slot_set(queue, ends.tail, task);
    ends.head++;
    rt__ends_append(&ends, 1);
    queue->floor = ends.tail;
    atomic_store_explicit(&queue->ends, rt__ends_pack(ends), memory_order_relaxed);
    return oldest;
}

/* Owner: puts a task into the next slot and returns the one that was there, or NULL. */
static inline struct rt__task *rt__run_queue_set_next(struct rt__run_queue *queue,
                                                      struct rt__task *task)
{
    if (rt__alone()) {
        struct rt__task *displaced = atomic_load_explicit(&queue->next, memory_order_relaxed);
        atomic_store_explicit(&queue->next, task, memory_order_relaxed);
        return displaced;
    }
    rt__perturb_delay();
    return atomic_exchange_explicit(&queue->next, task, memory_order_seq_cst);
}

/* Owner or thief: empties the next slot; NULL if it was empty. */
static inline struct rt__task *rt__run_queue_take_next(struct rt__run_queue *queue)
{
    /* Looking first saves the exchange where the slot is empty, which is most of the time. */
    struct rt__task *task = atomic_load_explicit(&queue->next, memory_order_relaxed);
    if (task == NULL) {
        return NULL;
    }
    if (rt__alone()) {
        atomic_store_explicit(&queue->next, NULL, memory_order_relaxed);
        return task;
    }
    rt__perturb_delay();
    return atomic_exchange_explicit(&queue->next, NULL, memory_order_acq_rel);
}

/* Owner: removes the older half of the ring, as a list linked through task->link. Returns how
 * many. */
uint32_t rt__run_queue_take_half(struct rt__run_queue *queue, struct rt__task **first,
                                 struct rt__task **last);

/* Owner of `into`, whose ring is empty: moves the older half of the ring of `from`, rounded up,
 * into it, but for the oldest, which is returned to be run. NULL if there was none. */
struct rt__task *rt__run_queue_steal(struct rt__run_queue *from, struct rt__run_queue *into);

/* Whether ring or slot are empty at this instant. */
bool rt__run_queue_ring_is_empty(struct rt__run_queue *queue);
bool rt__run_queue_next_is_empty(struct rt__run_queue *queue);

#endif
