/* Wrong: the workers report after each chunk, and all reports arrive; but nobody closes the channel
 * of chunks, so each worker waits for one more for ever. */
#include <stdlib.h>

#include "takings.h"

#define SALES_PER_CHUNK 10000

struct till {
    int64_t sales;
    rt_chan *chunks; /* of int64_t: where a chunk begins */
    rt_chan *sums;   /* of uint64_t; one for each chunk */
};

static void work(void *arg)
{
    struct till *till = arg;
    int64_t first;

    while (rt_chan_recv(till->chunks, &first) == RT_OK) {
        uint64_t sum = 0;
        for (int64_t i = first; i < first + SALES_PER_CHUNK && i < till->sales; i++)
            sum += cents(i);
        rt_chan_send(till->sums, &sum);
    }
}

uint64_t total_takings(int64_t sales, int workers)
{
    struct till *till = malloc(sizeof *till);
    size_t room = (size_t)(sales / SALES_PER_CHUNK + 1);
    uint64_t total = 0, sum;

    *till = (struct till){sales, rt_chan_new(sizeof(int64_t), room),
                          rt_chan_new(sizeof(uint64_t), room)};
    for (int i = 0; i < workers; i++)
        rt_go(work, till);
    for (int64_t first = 0; first < sales; first += SALES_PER_CHUNK)
        rt_chan_send(till->chunks, &first);
    for (size_t i = 0; i < room; i++) {
        rt_chan_recv(till->sums, &sum);
        total += sum;
    }
    return total;
}
