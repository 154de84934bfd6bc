/* A right answer to lesson 06 that would also do if sales differed in cost: workers take chunks on
 * demand, as in lesson 04. A chunk is a number of sales that takes some thousand times as long as
 * handing it over. */
#include "takings.h"

/* Some 0.2 ms of work. */
#define SALES_PER_CHUNK 10000

struct till {
    int64_t sales;
    rt_chan *chunks; /* of int64_t: where a chunk begins; closed after the last one */
    rt_wait_group workers;
    rt_mutex lock;
    uint64_t total; /* `lock` guards it */
};

static void work(void *arg)
{
    struct till *till = arg;
    int64_t first;
    uint64_t sum = 0;

    while (rt_chan_recv(till->chunks, &first) == RT_OK) {
        int64_t end = first + SALES_PER_CHUNK;
        if (end > till->sales)
            end = till->sales;
        for (int64_t sale = first; sale < end; sale++)
            sum += cents(sale);
    }
    rt_mutex_lock(&till->lock);
    till->total += sum;
    rt_mutex_unlock(&till->lock);
    rt_wait_group_done(&till->workers);
}

uint64_t total_takings(int64_t sales, int workers)
{
    struct till till = {.sales = sales, .chunks = rt_chan_new(sizeof(int64_t), 16)};

    rt_wait_group_add(&till.workers, workers);
    for (int i = 0; i < workers; i++)
        rt_go(work, &till);
    for (int64_t first = 0; first < sales; first += SALES_PER_CHUNK)
        rt_chan_send(till.chunks, &first);
    rt_chan_close(till.chunks);
    rt_wait_group_wait(&till.workers);
    rt_chan_free(till.chunks);
    return till.total;
}
