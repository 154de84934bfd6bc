/* Thirty jobs that wait 10 ms and then compute about as long, with four workers: on one proc the computing
 * adds up, on two some of it overlaps. */
#include "program.h"

#define WORKERS 4

static rt_chan *jobs, *results;

static void work(void *arg)
{
    (void)arg;
    uint64_t job;
    while (rt_chan_recv(jobs, &job) == RT_OK) {
        rt_sleep(10 * RT_MS);
        uint64_t result = chain(job, 5000000);
        rt_chan_send(results, &result);
    }
}

uint64_t program(int percent)
{
    uint64_t count = (uint64_t)percent * 3 / 10, check = 0;
    jobs = rt_chan_new(sizeof(uint64_t), 30);
    results = rt_chan_new(sizeof(uint64_t), 30);
    for (int i = 0; i < WORKERS; i++) {
        rt_go(work, NULL);
    }
    for (uint64_t job = 0; job < count; job++) {
        rt_chan_send(jobs, &job);
    }
    rt_chan_close(jobs);
    for (uint64_t i = 0; i < count; i++) {
        uint64_t result;
        rt_chan_recv(results, &result);
        check ^= result;
    }
    rt_chan_free(jobs);
    rt_chan_free(results);
    return check;
}
