/* A lock-free stack of node numbers, with the classical mistake: the exchange in pop only asks whether the head is
 * the same node, not whether it stayed there. Task one reads head 0 and its next, 1; task two pops 0 and 1 and pushes
 * 0 back; task one's exchange succeeds and makes 1 the head, which task two still owns. Hard to hit: three
 * whole operations between two steps. */
/* expect: wrong_answer */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

#define NODES 3
#define NONE (-1)
static _Atomic(int) head, next[NODES] = {1, 2, NONE}, owners[NODES];
static rt_wait_group done;

static int pop(void)
{
    int node = atomic_load(&head);
    while (node != NONE && !atomic_compare_exchange_strong(&head, &node, atomic_load(&next[node])))
        continue;
    if (node != NONE && atomic_fetch_add(&owners[node], 1) != 0)
        abort();
    return node;
}

static void push(int node)
{
    atomic_fetch_sub(&owners[node], 1);
    int top = atomic_load(&head);
    do {
        atomic_store(&next[node], top);
    } while (!atomic_compare_exchange_strong(&head, &top, node));
}

static void take_two(void *arg)
{
    (void)arg;
    pop();
    pop();
    rt_wait_group_done(&done);
}

static void take_two_and_return_one(void *arg)
{
    (void)arg;
    int first = pop();
    pop();
    if (first != NONE)
        push(first);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(take_two, NULL);
    rt_go(take_two_and_return_one, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
