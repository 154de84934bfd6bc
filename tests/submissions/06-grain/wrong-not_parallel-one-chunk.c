/* Wrong: "large chunks are cheap", so the chunk is as large as can be - and there is one. A proc
 * that has no chunk has nothing to do. */
#include "takings.h"

#define SALES_PER_CHUNK 16000000

struct chunk {
    int64_t first, end;
    uint64_t sum;
    rt_wait_group *done;
};

static void add_up(void *arg)
{
    struct chunk *chunk = arg;
    uint64_t sum = 0;

    for (int64_t sale = chunk->first; sale < chunk->end; sale++)
        sum += cents(sale);
    chunk->sum = sum;
    rt_wait_group_done(chunk->done);
}

uint64_t total_takings(int64_t sales, int workers)
{
    static struct chunk chunks[64];
    rt_wait_group done = {0};
    uint64_t total = 0;
    int count = 0;

    (void)workers;
    for (int64_t first = 0; first < sales && count < 64; first += SALES_PER_CHUNK, count++) {
        int64_t end = sales - first < SALES_PER_CHUNK ? sales : first + SALES_PER_CHUNK;
        chunks[count] = (struct chunk){first, end, 0, &done};
        rt_wait_group_add(&done, 1);
        rt_go(add_up, &chunks[count]);
    }
    rt_wait_group_wait(&done);
    for (int i = 0; i < count; i++)
        total += chunks[i].sum;
    return total;
}
