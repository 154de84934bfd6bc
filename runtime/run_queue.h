/* run_queue.h - the runnable tasks of one proc: a ring, and in front of it the `next` slot.
 *
 * The ring is a double-ended queue. Its owner pushes at the tail and usually pops at the head, first
 * in first out, which is fair. A task that waits for tasks it has just spawned pops at the tail: the
 * youngest of them is the smallest piece of work and runs while the parent's data is in the cache;
 * going on with the oldest instead would start every branch of a recursion before finishing any.
 * Thieves take half of the ring from the head: the oldest, largest pieces.
 *
 * The `next` slot holds the task that was readied last. It runs before the ring, because what it will
 * touch is still in this core's cache.
 *
 * Invariants:
 *   - `ends` packs head, tail and a version into one 64-bit word; every change of the queue is one
 *     successful compare-and-swap on it, so owner and thieves agree on who got which task;
 *   - the tasks at head..tail-1 (modulo the size) are queued, each in exactly one queue;
 *   - only the owner writes slots, and only slots outside head..tail-1; so a thief that reads slots
 *     and then succeeds with its swap has read what the owner queued. Popping at the tail and pushing
 *     again brings the same head and tail back with another task between them: it counts up the
 *     version, which makes the thief's swap fail.
 * Go's ring (separate head and tail, no pop at the tail) and Chase-Lev's deque (no stealing of
 * batches) each lack one end of this; one word costs nothing more, since publishing a task takes a
 * locked instruction anyway:
 *
 * The sequentially consistent accesses are one half of the wake-up protocol (worker.h): "publish
 * work, then look for idle procs" against "go idle, then look for work". */
#ifndef RT_RUN_QUEUE_H
#define RT_RUN_QUEUE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct rt__task;

/* Go's number: large enough that the global queue is rare, small enough that half of it can be moved
 * in one go. A power of two, 2 to 32768. Tests build with a tiny one to make overflow common. */
#ifndef RT__RUN_QUEUE_SIZE
#define RT__RUN_QUEUE_SIZE 256
#endif

struct rt__run_queue {
    _Alignas(64) _Atomic(struct rt__task *) next;
    _Atomic(uint64_t) ends;
    _Atomic(struct rt__task *) ring[RT__RUN_QUEUE_SIZE];
};

/* Owner: appends a task. False when the ring is full: see rt__run_queue_take_half. */
bool rt__run_queue_push(struct rt__run_queue *queue, struct rt__task *task);

/* Owner: removes the oldest task of the ring, or returns NULL. */
struct rt__task *rt__run_queue_pop_oldest(struct rt__run_queue *queue);

/* Owner: removes the youngest task of the ring, or returns NULL. */
struct rt__task *rt__run_queue_pop_youngest(struct rt__run_queue *queue);

/* Owner: puts a task into the next slot and returns the one that was there, or NULL. */
struct rt__task *rt__run_queue_set_next(struct rt__run_queue *queue, struct rt__task *task);

/* Owner or thief: empties the next slot; NULL if it was empty. */
struct rt__task *rt__run_queue_take_next(struct rt__run_queue *queue);

/* Owner: removes the older half of the ring, as a list linked through task->link. Returns how many. */
uint32_t rt__run_queue_take_half(struct rt__run_queue *queue, struct rt__task **first,
                                 struct rt__task **last);

/* Owner of `into`, whose ring is empty: moves the older half of the ring of `from`, rounded up, into
 * it, but for the oldest, which is returned to be run. NULL if there was none. */
struct rt__task *rt__run_queue_steal(struct rt__run_queue *from, struct rt__run_queue *into);

/* Whether ring or slot are empty at this instant. */
bool rt__run_queue_ring_is_empty(struct rt__run_queue *queue);
bool rt__run_queue_next_is_empty(struct rt__run_queue *queue);

#endif
