/* run_queue.c - the ring and the slot. The protocol is described in run_queue.h. */
#include "run_queue.h"

#include "task.h"

/* The word `ends`, unpacked. Counters run free and wrap; tail - head, modulo 2^16, is the length. */
struct ends {
    uint16_t head, tail;
    uint32_t version;
};

static struct ends unpack(uint64_t word)
{
    return (struct ends){
        .head = (uint16_t)word, .tail = (uint16_t)(word >> 16), .version = (uint32_t)(word >> 32)};
}

static uint64_t pack(struct ends ends)
{
    return (uint64_t)ends.version << 32 | (uint64_t)ends.tail << 16 | ends.head;
}

static uint16_t length(struct ends ends)
{
    return (uint16_t)(ends.tail - ends.head);
}

static struct rt__task *slot_get(struct rt__run_queue *queue, uint16_t index)
{
    return atomic_load_explicit(&queue->ring[index % RT__RUN_QUEUE_SIZE], memory_order_relaxed);
}

static void slot_set(struct rt__run_queue *queue, uint16_t index, struct rt__task *task)
{
    atomic_store_explicit(&queue->ring[index % RT__RUN_QUEUE_SIZE], task, memory_order_relaxed);
}

static uint64_t load(struct rt__run_queue *queue)
{
    /* acquire: pairs with the swap of whoever put the tasks there. */
    return atomic_load_explicit(&queue->ends, memory_order_acquire);
}

/* The one way the queue changes. Sequentially consistent: releases the slots to the next reader, and
 * orders "publish" before the caller's look for idle procs. On failure *word is what is there now. */
static bool swap(struct rt__run_queue *queue, uint64_t *word, struct ends to)
{
    return atomic_compare_exchange_weak_explicit(&queue->ends, word, pack(to), memory_order_seq_cst,
                                                 memory_order_acquire);
}

bool rt__run_queue_push(struct rt__run_queue *queue, struct rt__task *task)
{
    uint64_t word = load(queue);
    struct ends ends;
    do {
        ends = unpack(word);
        if (length(ends) == RT__RUN_QUEUE_SIZE) {
            return false;
        }
        slot_set(queue, ends.tail, task);
        ends.tail++;
    } while (!swap(queue, &word, ends));
    return true;
}

struct rt__task *rt__run_queue_pop_oldest(struct rt__run_queue *queue)
{
    uint64_t word = load(queue);
    struct ends ends;
    struct rt__task *task;
    do {
        ends = unpack(word);
        if (length(ends) == 0) {
            return NULL;
        }
        task = slot_get(queue, ends.head);
        ends.head++;
    } while (!swap(queue, &word, ends));
    return task;
}

struct rt__task *rt__run_queue_pop_youngest(struct rt__run_queue *queue)
{
    uint64_t word = load(queue);
    struct ends ends;
    struct rt__task *task;
    do {
        ends = unpack(word);
        if (length(ends) == 0) {
            return NULL;
        }
        ends.tail--;
        ends.version++;
        task = slot_get(queue, ends.tail);
    } while (!swap(queue, &word, ends));
    return task;
}

struct rt__task *rt__run_queue_set_next(struct rt__run_queue *queue, struct rt__task *task)
{
    return atomic_exchange_explicit(&queue->next, task, memory_order_seq_cst);
}

struct rt__task *rt__run_queue_take_next(struct rt__run_queue *queue)
{
    /* Looking first saves the exchange where the slot is empty, which is most of the time. */
    if (atomic_load_explicit(&queue->next, memory_order_relaxed) == NULL) {
        return NULL;
    }
    return atomic_exchange_explicit(&queue->next, NULL, memory_order_acq_rel);
}

uint32_t rt__run_queue_take_half(struct rt__run_queue *queue, struct rt__task **first,
                                 struct rt__task **last)
{
    uint64_t word = load(queue);
    struct ends ends;
    struct rt__task *batch[RT__RUN_QUEUE_SIZE];
    uint16_t count;
    do {
        ends = unpack(word);
        count = (uint16_t)((length(ends) + 1) / 2);
        for (uint16_t i = 0; i < count; i++) {
            batch[i] = slot_get(queue, (uint16_t)(ends.head + i));
        }
        ends.head = (uint16_t)(ends.head + count);
    } while (!swap(queue, &word, ends));
    for (uint16_t i = 0; i + 1 < count; i++) {
        batch[i]->link = batch[i + 1];
    }
    *first = count > 0 ? batch[0] : NULL;
    *last = count > 0 ? batch[count - 1] : NULL;
    return count;
}

struct rt__task *rt__run_queue_steal(struct rt__run_queue *from, struct rt__run_queue *into)
{
    struct ends mine = unpack(load(into));
    uint64_t word = load(from);
    struct ends ends;
    struct rt__task *oldest;
    uint16_t count;
    do {
        ends = unpack(word);
        count = (uint16_t)((length(ends) + 1) / 2);
        if (count == 0) {
            return NULL;
        }
        oldest = slot_get(from, ends.head);
        for (uint16_t i = 1; i < count; i++) {
            slot_set(into, (uint16_t)(mine.tail + i - 1),
                     slot_get(from, (uint16_t)(ends.head + i)));
        }
        ends.head = (uint16_t)(ends.head + count);
    } while (!swap(from, &word, ends));
    /* The slots of our empty ring become tasks only now; a thief of ours changes nothing in an empty
     * ring, so the word is still the one we read. */
    mine.tail = (uint16_t)(mine.tail + count - 1);
    atomic_store_explicit(&into->ends, pack(mine), memory_order_seq_cst);
    return oldest;
}

/* Sequentially consistent: the going-idle half of the wake-up protocol. */
bool rt__run_queue_ring_is_empty(struct rt__run_queue *queue)
{
    return length(unpack(atomic_load_explicit(&queue->ends, memory_order_seq_cst))) == 0;
}

bool rt__run_queue_next_is_empty(struct rt__run_queue *queue)
{
    return atomic_load_explicit(&queue->next, memory_order_seq_cst) == NULL;
}
