/* run_queue.c - moving half a ring. The protocol, and what is done for every switch, is in
 * run_queue.h. */
#include "run_queue.h"

#include "report.h"
#include "task.h"

uint32_t rt__run_queue_take_half(struct rt__run_queue *queue, struct rt__task **first,
                                 struct rt__task **last)
{
    uint64_t word = rt__ends_load(queue);
    struct rt__ends ends;
    struct rt__task *batch[RT__RUN_QUEUE_SIZE];
    uint16_t count;
    do {
        ends = rt__ends_unpack(word);
        count = (uint16_t)((rt__ends_length(ends) + 1) / 2);
        for (uint16_t i = 0; i < count; i++) {
            batch[i] = rt__slot_get(queue, (uint16_t)(ends.head + i));
        }
        ends.head = (uint16_t)(ends.head + count);
    } while (!rt__ends_swap(queue, &word, ends));
    for (uint16_t i = 0; i + 1 < count; i++) {
        batch[i]->link = batch[i + 1];
    }
    *first = count > 0 ? batch[0] : NULL;
    *last = count > 0 ? batch[count - 1] : NULL;
    return count;
}

struct rt__task *rt__run_queue_steal(struct rt__run_queue *from, struct rt__run_queue *into)
{
    struct rt__ends mine = rt__ends_unpack(rt__ends_load(into));
    RT__INVARIANT(rt__ends_length(mine) == 0);
    uint64_t word = rt__ends_load(from);
    struct rt__ends ends;
    struct rt__task *oldest;
    uint16_t count;
    do {
        ends = rt__ends_unpack(word);
        count = (uint16_t)((rt__ends_length(ends) + 1) / 2);
        if (count == 0) {
            return NULL;
        }
        oldest = rt__slot_get(from, ends.head);
        for (uint16_t i = 1; i < count; i++) {
            rt__slot_set(into, (uint16_t)(mine.tail + i - 1),
                         rt__slot_get(from, (uint16_t)(ends.head + i)));
        }
        ends.head = (uint16_t)(ends.head + count);
    } while (!rt__ends_swap(from, &word, ends));
    /* The slots of our empty ring become tasks only now; a thief of ours changes nothing in an
     * empty ring, so the word is still the one we read. */
    rt__perturb_delay();
    rt__ends_append(&mine, (uint16_t)(count - 1));
    atomic_store_explicit(&into->ends, rt__ends_pack(mine), memory_order_seq_cst);
    return oldest;
}

/* Sequentially consistent: the going-idle half of the wake-up protocol. */
bool rt__run_queue_ring_is_empty(struct rt__run_queue *queue)
{
    return rt__ends_length(
               rt__ends_unpack(atomic_load_explicit(&queue->ends, memory_order_seq_cst))) == 0;
}

bool rt__run_queue_next_is_empty(struct rt__run_queue *queue)
{
    return atomic_load_explicit(&queue->next, memory_order_seq_cst) == NULL;
}
