/* Tasks search a table under a lock for reading, many at a time; one in fifty looks changes it, which
 * takes the lock for writing, for a moment. Compare serialised_by_lock-write-lock-to-read.c. */
/* expect: none */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define TASKS 64
#define LOOKS 50
#define ENTRIES 20000
#define ANSWER 61405440U /* as it is without tasks */

static uint32_t table[ENTRIES];
static rt_rwmutex lock;
static _Atomic(uint32_t) found;
static rt_wait_group done;

static uint32_t count_below(uint32_t limit)
{
    uint32_t count = 0;

    for (int pass = 0; pass < 4; pass++)
        for (int i = 0; i < ENTRIES; i++)
            if (table[i] % 1021 < limit)
                count += table[i] & 1;
    return count;
}

static void look(void *arg)
{
    uint32_t task = (uint32_t)(uintptr_t)arg, mine = 0;

    for (uint32_t i = 0; i < LOOKS; i++) {
        rt_rwmutex_read_lock(&lock);
        mine += count_below(i * 20);
        rt_rwmutex_read_unlock(&lock);
    }
    rt_rwmutex_write_lock(&lock);
    table[task] += 2042; /* as good as before */
    rt_rwmutex_write_unlock(&lock);
    found += mine;
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    for (uint32_t i = 0; i < ENTRIES; i++)
        table[i] = i * UINT32_C(2654435761) >> 12;
    rt_wait_group_add(&done, TASKS);
    for (uintptr_t task = 0; task < TASKS; task++)
        rt_go(look, (void *)task);
    rt_wait_group_wait(&done);
    if (found != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
