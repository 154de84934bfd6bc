/* Thirty jobs that wait 10 ms and then compute about as long, with four workers: on one proc the computing
 * adds up, on two some of it overlaps. */
#include "program.h"

#define WORKERS 4

static rt_chan *jobs, *results;
static rt_wait_group done;

static void work(void *arg)
{
    (void)arg;
    uint64_t job;
    while (rt_chan_recv(jobs, &job) == RT_OK) {
        rt_sleep(10 * RT_MS);
        uint64_t result = chain(job, 5000000);
        rt_chan_send(results, &result);
    }
    rt_wait_group_done(&done);
}

uint64_t program(int percent)
{
    uint64_t count = (uint64_t)percent * 3 / 10, check = 0;
    jobs = rt_chan_new(sizeof(uint64_t), 30);
    results = rt_chan_new(sizeof(uint64_t), 30);
    rt_wait_group_add(&done, WORKERS);
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
    rt_wait_group_wait(&done); /* each still asks for a job that does not come */
    rt_chan_free(jobs);
    rt_chan_free(results);
    return check;
}
