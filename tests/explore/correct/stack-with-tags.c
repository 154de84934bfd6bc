/* A lock-free stack whose head carries a tag that each change puts on by one: a head that came back is not the same
 * head. The plain values of the nodes belong to whoever popped them. */
/* expect: none */
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define NODES 3
#define NONE UINT32_C(0xffffffff)
static _Atomic(uint64_t) head; /* tag << 32 | node */
static _Atomic(uint32_t) next[NODES] = {1, 2, NONE};
static int uses[NODES];
static rt_wait_group done;

static uint64_t tagged(uint64_t old, uint32_t node)
{
    return ((old >> 32) + 1) << 32 | node;
}

static uint32_t pop(void)
{
    uint64_t old = atomic_load(&head);

    while ((uint32_t)old != NONE) {
        uint32_t node = (uint32_t)old;
        if (atomic_compare_exchange_strong(&head, &old, tagged(old, atomic_load(&next[node]))))
            return node;
    }
    return NONE;
}

static void push(uint32_t node)
{
    uint64_t old = atomic_load(&head);

    do {
        atomic_store(&next[node], (uint32_t)old);
    } while (!atomic_compare_exchange_strong(&head, &old, tagged(old, node)));
}

static void use_and_return(void *arg)
{
    (void)arg;
    for (int i = 0; i < 2; i++) {
        uint32_t node = pop();
        if (node == NONE)
            continue;
        uses[node]++;
        push(node);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    for (int i = 0; i < 3; i++)
        rt_go(use_and_return, NULL);
    rt_wait_group_wait(&done);
    if (uses[0] + uses[1] + uses[2] != 6)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
