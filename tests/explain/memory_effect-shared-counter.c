/* True sharing: every item is counted at once, in one atomic for all. A count of one's own, added in
 * the end, would do. */
/* expect: memory_effect */
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define TASKS 8
#define ROUNDS 2000000
#define ANSWER (TASKS * ROUNDS)

static _Atomic(uint32_t) counted;
static rt_wait_group done;

static void check(uint32_t answer)
{
    if (answer != ANSWER)
        abort();
}

static void count(void *arg)
{
    (void)arg;
    for (int i = 0; i < ROUNDS; i++)
        atomic_fetch_add_explicit(&counted, 1, memory_order_relaxed); /* here */
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, TASKS);
    for (int i = 0; i < TASKS; i++)
        rt_go(count, NULL); /* here */
    rt_wait_group_wait(&done);
    check(counted);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
