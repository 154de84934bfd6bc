/* A thief takes what it has read into an array of its own, and pushes it into its own queue when the swap has
 * succeeded.
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
    uint32_t batch[RUNQ_SIZE], count;

    do {
        ends = ends_unpack(word);
        count = (ends_length(ends) + 1) / 2;
        if (count == 0)
            return false;
        for (uint32_t i = 0; i < count; i++)
            batch[i] = get(from, ends.head + i);
        ends.head += count;
    } while (!swap(from, &word, ends));
    *job = batch[0];
    for (uint32_t i = 1; i < count; i++)
        runq_push(into, batch[i]);
    return true;
}
