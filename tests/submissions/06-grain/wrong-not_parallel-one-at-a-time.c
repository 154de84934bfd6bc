/* Wrong: the chunks are right, but each is waited for before the next one is started. */
#include "takings.h"

#define SALES_PER_CHUNK 10000

struct chunk {
    int64_t first, end;
    uint64_t sum;
    rt_wait_group done;
};

static void add_up(void *arg)
{
    struct chunk *chunk = arg;

    for (int64_t sale = chunk->first; sale < chunk->end; sale++)
        chunk->sum += cents(sale);
    rt_wait_group_done(&chunk->done);
}

uint64_t total_takings(int64_t sales, int workers)
{
    uint64_t total = 0;

    (void)workers;
    for (int64_t first = 0; first < sales; first += SALES_PER_CHUNK) {
        struct chunk chunk = {.first = first, .end = first + SALES_PER_CHUNK};
        if (chunk.end > sales)
            chunk.end = sales;
        rt_wait_group_add(&chunk.done, 1);
        rt_go(add_up, &chunk);
        rt_wait_group_wait(&chunk.done);
        total += chunk.sum;
    }
    return total;
}
