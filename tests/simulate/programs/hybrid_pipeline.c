/* A stage that waits, with ten tasks, and a stage that computes, with a worker for each proc. */
#include "program.h"

#define READERS 10

static rt_chan *wanted, *read_already, *results;

static void reader(void *arg)
{
    (void)arg;
    uint64_t block;
    while (rt_chan_recv(wanted, &block) == RT_OK) {
        rt_sleep(15 * RT_MS);
        rt_chan_send(read_already, &block);
    }
}

static void decoder(void *arg)
{
    (void)arg;
    uint64_t block;
    while (rt_chan_recv(read_already, &block) == RT_OK) {
        uint64_t result = chain(block, 1000000);
        rt_chan_send(results, &result);
    }
}

uint64_t program(int percent)
{
    uint64_t count = (uint64_t)percent * 3 / 2, check = 0, result;
    wanted = rt_chan_new(sizeof(uint64_t), 150);
    read_already = rt_chan_new(sizeof(uint64_t), 4);
    results = rt_chan_new(sizeof(uint64_t), 4);
    for (uint64_t block = 0; block < count; block++) {
        rt_chan_send(wanted, &block);
    }
    rt_chan_close(wanted);
    for (int i = 0; i < READERS; i++) {
        rt_go(reader, NULL);
    }
    for (int i = 0; i < rt_procs(0); i++) {
        rt_go(decoder, NULL);
    }
    for (uint64_t i = 0; i < count; i++) {
        rt_chan_recv(results, &result);
        check ^= result;
    }
    rt_chan_close(read_already);
    return check;
}
