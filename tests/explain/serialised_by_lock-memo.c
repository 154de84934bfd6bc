/* Sixteen tasks look for the longest Collatz sequence, and a memo is to spare them doing work twice.
 * But its lock, inside of a helper, is held while a missing length is computed, so that nobody computes
 * beside anybody. */
/* expect: serialised_by_lock */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define TASKS 16
#define EACH 10000
#define FIRST 1000000
#define ANSWER 7237U /* as it is without tasks */

static struct {
    rt_mutex lock;
    uint32_t lengths[TASKS * EACH]; /* 0: not known yet */
} memo;
static _Atomic(uint32_t) sum;
static rt_wait_group done;

static uint32_t compute_length(uint64_t n)
{
    uint32_t length = 1;

    for (; n != 1; length++)
        n = n % 2 == 0 ? n / 2 : 3 * n + 1;
    return length;
}

static uint32_t find_length(uint32_t i)
{
    rt_mutex_lock(&memo.lock); /* here */
    if (memo.lengths[i] == 0)
        memo.lengths[i] = compute_length(FIRST + i);
    uint32_t length = memo.lengths[i];
    rt_mutex_unlock(&memo.lock);
    return length;
}

static void look(void *arg)
{
    uint32_t begin = (uint32_t)(uintptr_t)arg * EACH, longest = 0;

    for (uint32_t i = begin; i < begin + EACH; i++) {
        uint32_t length = find_length(i);
        longest = length > longest ? length : longest;
    }
    sum += longest;
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, TASKS);
    for (uintptr_t task = 0; task < TASKS; task++)
        rt_go(look, (void *)task);
    rt_wait_group_wait(&done);
    if (sum != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
