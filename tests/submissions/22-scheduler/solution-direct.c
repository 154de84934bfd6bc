/* A thief writes what it reads straight into the slots of its own queue. They count only when it moves its own tail, by
 * a plain store: its queue is empty, and nobody changes an empty queue but its owner.
 *
 * Each change of a queue is one successful swap of its word: so owner and thieves agree on who got which job. Loads
 * acquire, and swaps acquire and release: each pairs with the swap before it. */
#include "runq.h"

static uint64_t load(struct runq *queue)
{
    return atomic_load_explicit(&queue->ends, memory_order_acquire);
}

/* On failure *word is what is there now. */
static bool swap(struct runq *queue, uint64_t *word, struct ends to)
{
    return atomic_compare_exchange_weak_explicit(&queue->ends, word, ends_pack(to),
                                                 memory_order_acq_rel, memory_order_acquire);
}

/* Relaxed: the word orders what is in the slots. */
static uint32_t get(struct runq *queue, uint32_t number)
{
    return atomic_load_explicit(&queue->ring[number % RUNQ_SIZE], memory_order_relaxed);
}

static void set(struct runq *queue, uint32_t number, uint32_t job)
{
    atomic_store_explicit(&queue->ring[number % RUNQ_SIZE], job, memory_order_relaxed);
}

bool runq_push(struct runq *queue, uint32_t job)
{
    uint64_t word = load(queue);
    struct ends ends;

    do {
        ends = ends_unpack(word);
        if (ends_length(ends) == RUNQ_SIZE)
            return false;
        set(queue, ends.tail, job);
        ends.tail++;
    } while (!swap(queue, &word, ends));
    return true;
}

bool runq_pop(struct runq *queue, uint32_t *job)
{
    uint64_t word = load(queue);
    struct ends ends;

    do {
        ends = ends_unpack(word);
        if (ends_length(ends) == 0)
            return false;
        *job = get(queue, ends.head);
        ends.head++;
    } while (!swap(queue, &word, ends));
    return true;
}

bool runq_steal(struct runq *from, struct runq *into, uint32_t *job)
{
    uint64_t word = load(from);
    struct ends ends;
    struct ends mine = ends_unpack(load(into));
    uint32_t count;

    do {
        ends = ends_unpack(word);
        count = (ends_length(ends) + 1) / 2;
        if (count == 0)
            return false;
        *job = get(from, ends.head);
        for (uint32_t i = 1; i < count; i++)
            set(into, mine.tail + i - 1, get(from, ends.head + i));
        ends.head += count;
    } while (!swap(from, &word, ends));
    /* Release: pairs with the load of whoever takes them from us. */
    mine.tail += count - 1;
    atomic_store_explicit(&into->ends, ends_pack(mine), memory_order_release);
    return true;
}
