/* A fork-join tree of the shape of Fibonacci's definition, a task for each left branch: the branches are uneven,
 * and a leaf computes some fifteen microseconds. */
#include "program.h"

#define LEAF 10

struct call {
    int n;
    uint64_t result;
    rt_wait_group *done;
};

static uint64_t fork_join(int n);

static void left_branch(void *arg)
{
    struct call *call = arg;
    call->result = fork_join(call->n);
    rt_wait_group_done(call->done);
}

static uint64_t fork_join(int n)
{
    if (n <= LEAF) {
        return chain((uint64_t)n, 10000);
    }
    rt_wait_group done = {0};
    struct call left = {.n = n - 1, .done = &done};
    rt_wait_group_add(&done, 1);
    rt_go(left_branch, &left);
    uint64_t right = fork_join(n - 2);
    rt_wait_group_wait(&done);
    return left.result + right;
}

uint64_t program(int percent)
{
    return fork_join(percent == 100 ? 30 : 25);
}
