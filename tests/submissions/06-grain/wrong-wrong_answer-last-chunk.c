/* Wrong: sales / SALES_PER_CHUNK is the number of whole chunks. What is left over at the end
 * belongs to none of them. */
#include <stdlib.h>

#include "takings.h"

#define SALES_PER_CHUNK 10000

struct chunk {
    int64_t first;
    uint64_t sum;
    rt_wait_group *done;
};

static void add_up(void *arg)
{
    struct chunk *chunk = arg;
    uint64_t sum = 0;

    for (int64_t i = 0; i < SALES_PER_CHUNK; i++)
        sum += cents(chunk->first + i);
    chunk->sum = sum;
    rt_wait_group_done(chunk->done);
}

uint64_t total_takings(int64_t sales, int workers)
{
    int64_t count = sales / SALES_PER_CHUNK;
    struct chunk *chunks = calloc((size_t)count + 1, sizeof *chunks);
    rt_wait_group done = {0};
    uint64_t total = 0;

    (void)workers;
    rt_wait_group_add(&done, count);
    for (int64_t i = 0; i < count; i++) {
        chunks[i] = (struct chunk){i * SALES_PER_CHUNK, 0, &done};
        rt_go(add_up, &chunks[i]);
    }
    rt_wait_group_wait(&done);
    for (int64_t i = 0; i < count; i++)
        total += chunks[i].sum;
    free(chunks);
    return total;
}
