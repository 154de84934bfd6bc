/* Twenty tasks each fetch a page, which is a wait of ten milliseconds, and store it. Each takes the
 * lock of the store before it fetches rather than after, and so they wait one after the other. */
/* expect: serialised_by_lock */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define PAGES 20
#define ANSWER 3290U /* as it is without tasks */

struct store {
    rt_mutex lock;
    uint32_t pages[PAGES];
    int count;
};

static struct store store;
static rt_wait_group done;

static uint32_t fetch(uint32_t address)
{
    rt_sleep(10 * RT_MS);
    return address * address + 41;
}

static void add_page(struct store *to, uint32_t address)
{
    rt_mutex_lock(&to->lock); /* here */
    to->pages[to->count++] = fetch(address);
    rt_mutex_unlock(&to->lock);
}

static void visit(void *arg)
{
    add_page(&store, (uint32_t)(uintptr_t)arg);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    uint32_t sum = 0;

    (void)arg;
    rt_wait_group_add(&done, PAGES);
    for (uintptr_t address = 0; address < PAGES; address++)
        rt_go(visit, (void *)address);
    rt_wait_group_wait(&done);
    for (int i = 0; i < store.count; i++)
        sum += store.pages[i];
    if (sum != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
