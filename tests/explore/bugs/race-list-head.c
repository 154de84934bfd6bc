/* Three tasks push onto a linked list without a lock: two that read the same head leave one node out. */
/* expect: race */
#include <stddef.h>
#include <stdlib.h>

#include "rt.h"

static struct node {
    struct node *next;
} nodes[3];
static struct node *head;
static rt_wait_group done;

static void push(void *arg)
{
    struct node *node = arg;

    node->next = head;
    head = node;
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    int length = 0;

    (void)arg;
    rt_wait_group_add(&done, 3);
    for (int i = 0; i < 3; i++)
        rt_go(push, &nodes[i]);
    rt_wait_group_wait(&done);
    for (struct node *node = head; node != NULL; node = node->next)
        length++;
    if (length > 3)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
