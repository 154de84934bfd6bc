/* A list with a lock for each node. Who walks along it takes the next node's lock before it gives back the last one's,
 * always in the same direction. */
/* expect: none */
#include <stdlib.h>

#include "rt.h"

#define NODES 4
static struct node {
    int value;
    rt_mutex lock;
} nodes[NODES];
static rt_wait_group done;

static void add_to_all(void *arg)
{
    (void)arg;
    rt_mutex_lock(&nodes[0].lock);
    for (int i = 0; i < NODES; i++) {
        nodes[i].value++;
        if (i + 1 < NODES)
            rt_mutex_lock(&nodes[i + 1].lock);
        rt_mutex_unlock(&nodes[i].lock);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    for (int i = 0; i < 3; i++)
        rt_go(add_to_all, NULL);
    rt_wait_group_wait(&done);
    for (int i = 0; i < NODES; i++)
        if (nodes[i].value != 3)
            abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
