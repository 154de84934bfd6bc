/* fib.c - fork and join: Fibonacci numbers by definition, with a task for each left branch. */
#include "barista.h"

struct branch {
    int64_t n;
    int64_t result;
    rt_wait_group done;
};

static int64_t fib(int64_t n);

static void left_branch(void *arg)
{
    struct branch *me = arg;
    me->result = fib(me->n);
    rt_wait_group_done(&me->done);
}

static int64_t fib(int64_t n)
{
    if (n < 2) {
        return n;
    }
    struct branch left = {.n = n - 1};
    rt_wait_group_add(&left.done, 1);
    start_task(left_branch, &left);
    int64_t right = fib(n - 2);
    rt_wait_group_wait(&left.done);
    return left.result + right;
}

int64_t run_fib(int64_t n)
{
    return fib(n);
}
