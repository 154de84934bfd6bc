/* Squares a million numbers and adds them up, again and again: a map and a reduction in chunks, as many as
 * procs. Memory-light: a chunk's numbers are computed, not read. */
#include "program.h"

#define NUMBERS 1000000

struct chunk {
    uint64_t begin, end;
};

static rt_chan *sums;

static void add_squares(void *arg)
{
    const struct chunk *chunk = arg;
    uint64_t sum = 0; /* a variable of its own: chunks lie side by side, in the same cache lines */
    for (uint64_t i = chunk->begin; i < chunk->end; i++) {
        uint64_t square = i * i;
        sum += square % 1000003;
    }
    rt_chan_send(sums, &sum);
}

uint64_t program(int percent)
{
    struct chunk chunks[RT_MAX_PROCS];
    int procs = rt_procs(0);
    uint64_t total = 0;
    sums = rt_chan_new(sizeof(uint64_t), 0);
    for (int round = 0; round < 200 * percent / 100; round++) {
        for (int i = 0; i < procs; i++) {
            chunks[i] = (struct chunk){.begin = (uint64_t)(NUMBERS * (int64_t)i / procs),
                                       .end = (uint64_t)(NUMBERS * (int64_t)(i + 1) / procs)};
            rt_go(add_squares, &chunks[i]);
        }
        for (int i = 0; i < procs; i++) {
            uint64_t sum;
            rt_chan_recv(sums, &sum);
            total += sum;
        }
    }
    rt_chan_free(sums);
    return total;
}
