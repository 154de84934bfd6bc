/* Eight tasks look into one shared catalogue, and each counts its references: one more before every
 * look, one less after it. The catalogue never changes, but the cache line with its counter is wanted
 * by all processors all the time. */
/* expect: memory_effect */
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define TASKS 8
#define LOOKS 1500000
#define ENTRIES 256
#define ANSWER 578727195U /* as it is without tasks */

struct catalogue {
    _Alignas(64) _Atomic(uint32_t) references;
    uint32_t prices[ENTRIES];
};

static struct catalogue catalogue;
static _Atomic(uint32_t) total;
static rt_wait_group done;

static struct catalogue *hold(struct catalogue *it)
{
    atomic_fetch_add(&it->references, 1); /* here */
    return it;
}

static void let_go(struct catalogue *it)
{
    atomic_fetch_sub(&it->references, 1); /* here */
}

static void shop(void *arg)
{
    uint32_t x = (uint32_t)(uintptr_t)arg, mine = 0;

    for (int i = 0; i < LOOKS; i++) {
        struct catalogue *held = hold(&catalogue);
        x = x * UINT32_C(1664525) + UINT32_C(1013904223);
        mine += held->prices[x >> 24];
        let_go(held);
    }
    total += mine;
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    for (uint32_t i = 0; i < ENTRIES; i++)
        catalogue.prices[i] = i * i % 97;
    rt_wait_group_add(&done, TASKS);
    for (uintptr_t task = 0; task < TASKS; task++)
        rt_go(shop, (void *)task); /* here */
    rt_wait_group_wait(&done);
    if (total != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
