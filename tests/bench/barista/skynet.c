/* skynet.c - a tree of tasks, ten children each, whose leaves are numbered; each task sends the sum
 * of its leaves' numbers to its parent. */
#include "barista.h"

struct node {
    rt_chan *sums; /* of the parent */
    int64_t first; /* the number of its first leaf */
    int64_t size;  /* how many leaves it has */
};

static void node(void *arg)
{
    struct node *me = arg;
    if (me->size == 1) {
        rt_chan_send(me->sums, &me->first);
        return;
    }
    struct node children[SKYNET_CHILDREN];
    rt_chan *sums = new_chan(sizeof(int64_t), 0);
    int64_t child_size = me->size / SKYNET_CHILDREN;
    for (int i = 0; i < SKYNET_CHILDREN; i++) {
        children[i] = (struct node){sums, me->first + i * child_size, child_size};
        start_task(node, &children[i]);
    }
    int64_t sum = 0, child_sum;
    for (int i = 0; i < SKYNET_CHILDREN; i++) {
        rt_chan_recv(sums, &child_sum);
        sum += child_sum;
    }
    rt_chan_free(sums);
    rt_chan_send(me->sums, &sum);
}

int64_t run_skynet(int64_t n)
{
    for (int64_t size = n; size > 1; size /= SKYNET_CHILDREN) {
        if (size % SKYNET_CHILDREN != 0) {
            bench_fail("n must be a power of %d", SKYNET_CHILDREN);
        }
    }
    struct node root = {new_chan(sizeof(int64_t), 0), 0, n};
    int64_t sum;
    start_task(node, &root);
    rt_chan_recv(root.sums, &sum);
    rt_chan_free(root.sums);
    return sum;
}
