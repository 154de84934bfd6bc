/* demo.c - lesson 03: a pool of workers, drawn, and then measured against a task for each job.
 *
 * First three workers do five jobs, once at procs=1 and once on all procs, on one scale. Each
 * worker is a row, and a digit marks the moment when it took that job. Then a longer batch is done
 * by pools of several sizes and by one task for each job: how long it takes, and how many tasks are
 * alive at once.
 *
 * The jobs are chains of arithmetic of unequal length. A digit in the picture is never a guess: the
 * worker that took the job puts it there. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "figure.h"
#include "rt.h"
#include "timeline.h"

#define PICTURE_JOBS 5
#define PICTURE_WORKERS 3
#define PICTURE_STEPS 8000000 /* of the shortest job: some 10 ms */

#define BATCH_JOBS 1000
#define BATCH_STEPS 50000 /* of the shortest job: some 0.1 ms */

/* Between two looks at the clock; some 10 us. */
#define STEPS_PER_TICK 5000

/* Results end here, so that the compiler cannot leave the work out. Relaxed: nobody reads it. */
static _Atomic(uint64_t) sink;

/* The most tasks that were alive at once, as seen at the start of each job. Relaxed: it is read
 * after all tasks have been waited for. */
static _Atomic(int64_t) most_tasks;

/* Job i takes one to three times as long as the shortest. */
static void do_job(int i, int64_t shortest, struct timeline_row *row)
{
    uint64_t x = (uint64_t)i + 1;
    int64_t steps = shortest * (1 + i % 3);

    for (int64_t done = 0; done < steps; done++) {
        x = (x ^ (x >> 29)) * UINT64_C(0xbf58476d1ce4e5b9) + 1;
        if (row != NULL && done % STEPS_PER_TICK == 0)
            timeline_tick(row);
    }
    atomic_fetch_xor_explicit(&sink, x, memory_order_relaxed);
}

static void count_tasks(void)
{
    int64_t now = rt_num_tasks();
    int64_t most = atomic_load_explicit(&most_tasks, memory_order_relaxed);

    while (now > most && !atomic_compare_exchange_weak_explicit(
                             &most_tasks, &most, now, memory_order_relaxed, memory_order_relaxed))
        continue;
}

/* ---- The picture ----------------------------------------------------------------------------- */

struct pool {
    rt_chan *jobs; /* of int; closed after the last one */
    int64_t shortest;
    rt_wait_group workers;
};

struct worker {
    struct pool *pool;
    struct timeline_row *row;
};

static void work_and_draw(void *arg)
{
    struct worker *worker = arg;
    struct pool *pool = worker->pool;
    int i;

    while (rt_chan_recv(pool->jobs, &i) == RT_OK) {
        timeline_run(worker->row);
        timeline_mark(worker->row, (char)('1' + i));
        do_job(i, pool->shortest, worker->row);
    }
    timeline_end(worker->row);
    rt_wait_group_done(&pool->workers);
}

/* Hangs jobs 0 .. count-1 on the rail before a worker starts. So no worker ever waits for a job,
 * and one that does not run has no proc. */
static void hang_jobs(struct pool *pool, int count)
{
    pool->jobs = rt_chan_new(sizeof(int), (size_t)count);
    for (int i = 0; i < count; i++)
        rt_chan_send(pool->jobs, &i);
    rt_chan_close(pool->jobs);
}

static struct timeline *picture(int procs)
{
    struct pool pool = {.shortest = PICTURE_STEPS};
    struct worker workers[PICTURE_WORKERS];
    struct timeline *timeline;

    rt_procs(procs);
    hang_jobs(&pool, PICTURE_JOBS);
    timeline = timeline_new("%d jobs, %d workers, procs=%d", PICTURE_JOBS, PICTURE_WORKERS, procs);
    rt_wait_group_add(&pool.workers, PICTURE_WORKERS);
    for (int i = 0; i < PICTURE_WORKERS; i++) {
        workers[i] = (struct worker){&pool, timeline_row(timeline, "worker %c", 'A' + i)};
        timeline_ready(workers[i].row);
        rt_go(work_and_draw, &workers[i]);
    }
    rt_wait_group_wait(&pool.workers);
    rt_chan_free(pool.jobs);
    return timeline;
}

/* ---- The table ------------------------------------------------------------------------------- */

static void work(void *arg)
{
    struct pool *pool = arg;
    int i;

    while (rt_chan_recv(pool->jobs, &i) == RT_OK) {
        count_tasks();
        do_job(i, pool->shortest, NULL);
    }
    rt_wait_group_done(&pool->workers);
}

static void run_pool(int workers)
{
    struct pool pool = {.shortest = BATCH_STEPS};

    hang_jobs(&pool, BATCH_JOBS);
    rt_wait_group_add(&pool.workers, workers);
    for (int i = 0; i < workers; i++)
        rt_go(work, &pool);
    rt_wait_group_wait(&pool.workers);
    rt_chan_free(pool.jobs);
}

struct single {
    int index;
    rt_wait_group *all;
};

static void work_once(void *arg)
{
    struct single *single = arg;

    count_tasks();
    do_job(single->index, BATCH_STEPS, NULL);
    rt_wait_group_done(single->all);
}

static void run_task_for_each_job(void)
{
    static struct single singles[BATCH_JOBS];
    rt_wait_group all = {0};

    rt_wait_group_add(&all, BATCH_JOBS);
    for (int i = 0; i < BATCH_JOBS; i++) {
        singles[i] = (struct single){i, &all};
        rt_go(work_once, &singles[i]);
    }
    rt_wait_group_wait(&all);
}

/* Runs the batch and prints a line. No workers: a task for each job. Returns the time. */
static int64_t measure(int workers, int64_t compared_to_ns)
{
    int64_t start_ns, took_ns;
    char who[32];

    if (workers > 0)
        snprintf(who, sizeof who, "pool of %d", workers);
    else
        snprintf(who, sizeof who, "a task for each job");
    while (rt_num_tasks() > 1) /* tasks of the batch before that are done, but not gone yet */
        rt_yield();
    atomic_store_explicit(&most_tasks, 0, memory_order_relaxed);
    start_ns = rt_now();
    if (workers > 0)
        run_pool(workers);
    else
        run_task_for_each_job();
    took_ns = rt_now() - start_ns;
    if (compared_to_ns == 0)
        compared_to_ns = took_ns;
    printf("  %-20s %8.1f ms %8.2fx %10lld\n", who, (double)took_ns / RT_MS,
           (double)compared_to_ns / (double)took_ns,
           (long long)atomic_load_explicit(&most_tasks, memory_order_relaxed));
    return took_ns;
}

static void demo(void *arg)
{
    int procs = rt_procs(0);
    struct timeline *one = picture(1);
    struct timeline *many = picture(procs);
    int64_t alone_ns;

    (void)arg;
    timeline_draw(one, stdout, 0);
    printf("\n");
    timeline_draw(many, stdout, timeline_span_ns(one));
    figure("five_jobs_speedup", (double)timeline_span_ns(one) / (double)timeline_span_ns(many));
    timeline_free(many);
    timeline_free(one);

    printf("\n%d jobs at procs=%d\n", BATCH_JOBS, procs);
    printf("  %-20s %11s %9s %10s\n", "", "time", "speedup", "most tasks");
    alone_ns = measure(1, 0);
    measure(2, alone_ns);
    figure("pool_of_2_tasks", (double)atomic_load_explicit(&most_tasks, memory_order_relaxed));
    measure(4, alone_ns);
    figure("pool_of_8_speedup", (double)alone_ns / (double)measure(8, alone_ns));
    figure("task_each_speedup", (double)alone_ns / (double)measure(0, alone_ns));
}

int main(void)
{
    return rt_run(demo, NULL) == RT_OK ? 0 : 1;
}
