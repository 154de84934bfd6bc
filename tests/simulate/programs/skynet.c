/* A tree of tasks, ten children each, that add up the numbers of their leaves; a leaf computes some
 * microseconds. */
#include "program.h"

struct node {
    uint64_t first, leaves;
    rt_chan *sum;
};

static void node(void *arg)
{
    const struct node *self = arg;
    uint64_t sum = 0, its;
    if (self->leaves == 1) {
        sum = chain(self->first, 2500);
    } else {
        struct node children[10];
        rt_chan *sums = rt_chan_new(sizeof sum, 10);
        uint64_t leaves = self->leaves / 10;
        for (uint64_t i = 0; i < 10; i++) {
            children[i] = (struct node){self->first + i * leaves, leaves, sums};
            rt_go(node, &children[i]);
        }
        for (int i = 0; i < 10; i++) {
            rt_chan_recv(sums, &its);
            sum += its;
        }
        rt_chan_free(sums);
    }
    rt_chan_send(self->sum, &sum);
}

uint64_t program(int percent)
{
    rt_chan *sums = rt_chan_new(sizeof(uint64_t), 1);
    struct node root = {0, percent == 100 ? 100000 : 10000, sums};
    uint64_t sum;
    rt_go(node, &root);
    rt_chan_recv(sums, &sum);
    rt_chan_free(sums);
    return sum;
}
