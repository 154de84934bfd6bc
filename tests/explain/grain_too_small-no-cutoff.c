/* Fibonacci by definition with a task for each call, down to the smallest. */
/* expect: grain_too_small */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define ANSWER 317811U /* as it is without tasks */

struct call {
    uint32_t n, result;
    rt_wait_group done;
};

static void check(uint32_t answer)
{
    if (answer != ANSWER)
        abort();
}

static void fibonacci(void *arg)
{
    struct call *call = arg;

    if (call->n < 2) {
        call->result = call->n;
    } else {
        struct call left = {.n = call->n - 1}, right = {.n = call->n - 2};
        rt_wait_group_add(&left.done, 1);
        rt_wait_group_add(&right.done, 1);
        rt_go(fibonacci, &left); /* here */
        fibonacci(&right);
        rt_wait_group_wait(&left.done);
        call->result = left.result + right.result;
    }
    rt_wait_group_done(&call->done);
}

static void main_task(void *arg)
{
    struct call call = {.n = 28};

    (void)arg;
    rt_wait_group_add(&call.done, 1);
    fibonacci(&call);
    check(call.result);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
