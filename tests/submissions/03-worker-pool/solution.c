/* A right answer to lesson 03, with channels: jobs go out on one, results come back on another.
 *
 * The feeder is a task of its own, so that the main task is free to receive results while jobs
 * still go out. Neither channel needs a buffer, and no memory is written by two tasks. */
#include "pool.h"

struct job {
    int index;
    uint64_t payment;
};

struct result {
    int index;
    uint64_t signature;
};

struct pool {
    const uint64_t *payments;
    int count;
    rt_chan *jobs;    /* of struct job; closed after the last one */
    rt_chan *results; /* of struct result; as many as jobs */
    rt_wait_group workers;
};

static void feed(void *arg)
{
    struct pool *pool = arg;

    for (int i = 0; i < pool->count; i++) {
        struct job job = {i, pool->payments[i]};
        rt_chan_send(pool->jobs, &job);
    }
    rt_chan_close(pool->jobs);
}

static void work(void *arg)
{
    struct pool *pool = arg;
    struct job job;

    while (rt_chan_recv(pool->jobs, &job) == RT_OK) {
        struct result result = {job.index, sign(job.payment)};
        rt_chan_send(pool->results, &result);
    }
    rt_wait_group_done(&pool->workers);
}

void sign_all(const uint64_t *payments, uint64_t *signatures, int count, int workers)
{
    struct pool pool = {
        .payments = payments,
        .count = count,
        .jobs = rt_chan_new(sizeof(struct job), 0),
        .results = rt_chan_new(sizeof(struct result), 0),
    };
    struct result result;

    rt_wait_group_add(&pool.workers, workers);
    for (int i = 0; i < workers; i++)
        rt_go(work, &pool);
    rt_go(feed, &pool);

    for (int i = 0; i < count; i++) {
        rt_chan_recv(pool.results, &result);
        signatures[result.index] = result.signature;
    }

    /* The last result is here, so the feeder has closed `jobs`: the workers end, and then nobody
     * uses the channels or the pool, which lies on this task's stack. */
    rt_wait_group_wait(&pool.workers);
    rt_chan_free(pool.results);
    rt_chan_free(pool.jobs);
}
