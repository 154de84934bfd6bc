/* A reader and a computing task hand one buffer to and fro: while one works, the other one waits. With
 * two buffers the reading would hide behind the computing. */
/* expect: io_not_overlapped */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define MS 600000          /* so many steps take about a millisecond */
#define ANSWER 2225762984U /* as it is without tasks */

static uint32_t buffer;
static rt_chan *full, *empty;

static void check(uint32_t answer)
{
    if (answer != ANSWER)
        abort();
}

/* The loop's result goes into the answer, so that no compiler can leave it out. */
static uint32_t work(uint32_t x, int steps)
{
    for (int i = 0; i < steps; i++)
        x = (x ^ (x >> 15)) * UINT32_C(0x2c1b3c6d) + 1;
    return x;
}

static void read_blocks(void *arg)
{
    (void)arg;
    for (uint32_t block = 0; block < 12; block++) {
        rt_chan_recv(empty, NULL);
        rt_sleep(8 * RT_MS); /* here */
        buffer = block;
        rt_chan_send(full, NULL);
    }
    rt_chan_close(full);
}

static void main_task(void *arg)
{
    uint32_t sum = 0;

    (void)arg;
    full = rt_chan_new(0, 1);
    empty = rt_chan_new(0, 1);
    rt_go(read_blocks, NULL);
    rt_chan_send(empty, NULL);
    while (rt_chan_recv(full, NULL) == RT_OK) {
        sum += work(buffer, MS);
        rt_chan_send(empty, NULL);
    }
    check(sum);
    rt_chan_free(full);
    rt_chan_free(empty);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
