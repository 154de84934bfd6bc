/* runq.h - the exercise of lesson 22: the run queue of a scheduler, with work stealing.
 *
 * You read this file and complete runq.c. Each worker of the scheduler has a run queue of jobs. It pushes at the tail and
 * pops at the head. A worker that has nothing left is a thief: it takes half of another one's queue, also at the head.
 * Owner and thieves do so at the same time, without a lock: a scheduler is what makes locks wait, so it can't wait for
 * one itself.
 *
 * The scheduler around it lies in harness.c; read it, it is short. */
#ifndef RUNQ_H
#define RUNQ_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* Room for jobs; a power of two. So small that the ring is full, and comes round, all the time: what goes wrong then
 * goes wrong soon. (The runtime's own has 256.) */
#define RUNQ_SIZE 8

/* The oldest job is at `head`, the next one goes to `tail`. Both count up for ever and wrap at 2^32; job number n is in
 * ring[n % RUNQ_SIZE]. */
struct ends {
    uint32_t head, tail;
};

/* A queue. All zero, it is empty. */
struct runq {
    _Atomic(uint64_t) ends; /* head and tail in one word, so that both change in one step */
    _Atomic(uint32_t) ring[RUNQ_SIZE];
};

static inline struct ends ends_unpack(uint64_t word)
{
    return (struct ends){.head = (uint32_t)word, .tail = (uint32_t)(word >> 32)};
}

static inline uint64_t ends_pack(struct ends ends)
{
    return (uint64_t)ends.tail << 32 | ends.head;
}

/* How many jobs there are, 0 .. RUNQ_SIZE. Right when tail has wrapped and head has not, too. */
static inline uint32_t ends_length(struct ends ends)
{
    return ends.tail - ends.head;
}

/* The functions that you write. "The owner" is the one worker that a queue belongs to: it never calls two of them at
 * once. A thief is any other worker, and there may be several. */

/* The owner adds a job at the tail. False, and nothing is changed, if the queue is full. */
bool runq_push(struct runq *queue, uint32_t job);

/* The owner takes the oldest job. False if the queue is empty. */
bool runq_pop(struct runq *queue, uint32_t *job);

/* The owner of `into`, which is empty, takes the older half of `from`, rounded up: 1 of 1, 1 of 2, 2 of 3, 4 of 8. The
 * oldest of them goes to *job, the others into `into`, in the same order. False, and nothing is changed, if `from` is
 * empty.
 *
 * Whatever a worker has written before it pushes a job, whoever takes that job has to see: it reads what the job is
 * about. Every job that was pushed is taken exactly once. */
bool runq_steal(struct runq *from, struct runq *into, uint32_t *job);

#endif
