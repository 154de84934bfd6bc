/* demo.c - lesson 22: who takes a job from where? Four schedulers, and the runtime's own.
 *
 *   1. forty jobs that one worker has, and another worker without any: drawn without stealing and with;
 *   2. a hundred thousand tiny jobs by one queue for all, by queues without stealing, by thieves that take one job,
 *      and by thieves that take half; and as tasks of the runtime: a table.
 *
 * The queues have a lock each, so that the demo shows what is taken from where and leaves the exercise to you. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "figure.h"
#include "rt.h"
#include "timeline.h"

#define JOBS 100000
#define STEPS 600 /* a microsecond */
#define DRAWN_JOBS 40
#define DRAWN_STEPS 300000 /* half a millisecond */
#define WORKERS_MAX 8
#define ROUNDS 3

enum policy { SHARED, OWN, STEAL_ONE, STEAL_HALF, RUNTIME, POLICIES };

static const char *const names[POLICIES] = {"one queue for all", "own queues, no stealing",
                                            "thieves take one", "thieves take half",
                                            "the runtime's tasks"};

struct queue {
    rt_mutex lock; /* guards all of it */
    int jobs[JOBS];
    int head, tail; /* jobs[head .. tail - 1] are queued */
};

/* In cache lines of its own: everybody reads `policy` and `steps` for each job, and if they lay in the line that a worker's
 * lock is in, two procs would be a quarter slower. */
struct worker {
    _Alignas(64) struct queue queue;
    int number;
    int64_t thefts, stolen;
    struct timeline_row *row; /* NULL: not drawn */
};

static struct worker workers[WORKERS_MAX];
static int workers_count, jobs_count, steps;
static enum policy policy;
static uint64_t results[JOBS];
static _Atomic(int64_t) left; /* jobs of which it is not known yet that they have ended; relaxed */
static rt_wait_group done;

/* ---- Queues ---------------------------------------------------------------------------------- */

static bool pop(struct queue *queue, int *job)
{
    rt_mutex_lock(&queue->lock);
    bool some = queue->head < queue->tail;
    if (some)
        *job = queue->jobs[queue->head++];
    rt_mutex_unlock(&queue->lock);
    return some;
}

/* Takes one job or the older half into `batch`; returns how many. */
static int take(struct queue *queue, int *batch)
{
    rt_mutex_lock(&queue->lock);
    int length = queue->tail - queue->head;
    int count = policy == STEAL_ONE ? length > 0 : (length + 1) / 2;
    for (int i = 0; i < count; i++)
        batch[i] = queue->jobs[queue->head++];
    rt_mutex_unlock(&queue->lock);
    return count;
}

/* What a thief has taken becomes its own queue, which is empty; all but the first, which it does now. */
static bool steal(struct worker *self, struct queue *from, int *job)
{
    static int batches[WORKERS_MAX][JOBS];
    int *batch = batches[self->number];
    int count = take(from, batch);

    if (count == 0)
        return false;
    *job = batch[0];
    rt_mutex_lock(&self->queue.lock);
    self->queue.head = self->queue.tail = 0;
    for (int i = 1; i < count; i++)
        self->queue.jobs[self->queue.tail++] = batch[i];
    rt_mutex_unlock(&self->queue.lock);
    self->thefts++;
    self->stolen += count;
    if (self->row != NULL)
        timeline_mark(self->row, 's');
    return true;
}

/* ---- Workers --------------------------------------------------------------------------------- */

static void run_job(int job)
{
    uint64_t x = (uint64_t)job;

    for (int i = 0; i < steps; i++)
        x = (x ^ (x >> 29)) * UINT64_C(0xbf58476d1ce4e5b9) + 1;
    results[job] = x;
}

static bool find_job(struct worker *self, int *job)
{
    if (pop(policy == SHARED ? &workers[0].queue : &self->queue, job))
        return true;
    for (int i = 1; i < workers_count && policy >= STEAL_ONE; i++)
        if (steal(self, &workers[(self->number + i) % workers_count].queue, job))
            return true;
    return false;
}

static void work(void *arg)
{
    struct worker *self = arg;
    int job;

    if (self->row != NULL)
        timeline_run(self->row);
    do {
        int64_t ended =
            0; /* told to the others when there is nothing else to do: it is one cache line */
        for (; find_job(self, &job); ended++) {
            run_job(job);
            if (self->row != NULL)
                timeline_tick(self->row);
        }
        atomic_fetch_sub_explicit(&left, ended, memory_order_relaxed);
        rt_yield();
    } while (policy != OWN && atomic_load_explicit(&left, memory_order_relaxed) > 0);
    if (self->row != NULL)
        timeline_end(self->row);
    rt_wait_group_done(&done);
}

static void job_task(void *arg)
{
    run_job((int)(intptr_t)arg);
    rt_wait_group_done(&done);
}

/* All jobs are in worker 1's queue, or are started by the main task, at the beginning. Returns the nanoseconds. */
static int64_t run(enum policy with, int count, int job_steps, struct timeline *timeline)
{
    policy = with;
    jobs_count = count;
    steps = job_steps;
    workers_count = rt_procs(0) < WORKERS_MAX ? rt_procs(0) : WORKERS_MAX;
    atomic_store_explicit(&left, count, memory_order_relaxed);
    for (int i = 0; i < WORKERS_MAX; i++) {
        workers[i].queue.head = workers[i].queue.tail = 0;
        workers[i].number = i;
        workers[i].thefts = workers[i].stolen = 0;
        workers[i].row = timeline != NULL && i < workers_count
                             ? timeline_row(timeline, "worker %d", i + 1)
                             : NULL;
    }
    for (int i = 0; i < count; i++)
        workers[0].queue.jobs[workers[0].queue.tail++] = i;
    if (timeline != NULL)
        timeline_start(timeline);
    int64_t begun_ns = rt_now();
    rt_wait_group_add(&done, with == RUNTIME ? count : workers_count);
    for (int i = 0; with == RUNTIME && i < count; i++)
        rt_go(job_task, (void *)(intptr_t)i);
    for (int i = 0; with != RUNTIME && i < workers_count; i++)
        rt_go(work, &workers[i]);
    rt_wait_group_wait(&done);
    return rt_now() - begun_ns;
}

/* ---- What is printed ------------------------------------------------------------------------- */

static void draw(enum policy with, int64_t *span_ns)
{
    struct timeline *timeline = timeline_new("%d jobs, all of worker 1, %s, procs=%d", DRAWN_JOBS,
                                             names[with], rt_procs(0));

    run(with, DRAWN_JOBS, DRAWN_STEPS, timeline);
    if (*span_ns == 0)
        *span_ns = timeline_span_ns(timeline);
    timeline_draw(timeline, stdout, *span_ns);
    printf("\n");
    timeline_free(timeline);
}

/* Also makes the results those of no job, for the next run. */
static uint64_t checksum(void)
{
    uint64_t sum = 0;

    for (int i = 0; i < JOBS; i++) {
        sum = sum * 3 + results[i];
        results[i] = 0;
    }
    return sum;
}

struct row {
    double one_ms, many_ms;
    int64_t thefts, stolen;
};

/* Whatever the policy is, every job is done. */
static void check(void)
{
    static uint64_t expected;
    uint64_t sum = checksum();

    if (expected == 0)
        expected = sum;
    if (sum != expected) {
        fprintf(stderr, "demo: a job was lost\n");
        exit(1);
    }
}

static double best_of(enum policy with, int procs, struct row *row)
{
    double best_ms = 0;

    rt_procs(procs);
    for (int round = 0; round < ROUNDS; round++) {
        double took_ms = (double)run(with, JOBS, STEPS, NULL) / RT_MS;
        check();
        if (round > 0 && took_ms >= best_ms)
            continue;
        best_ms = took_ms;
        row->thefts = row->stolen = 0;
        for (int i = 0; i < workers_count; i++) {
            row->thefts += workers[i].thefts;
            row->stolen += workers[i].stolen;
        }
    }
    return best_ms;
}

static void print_table(int procs)
{
    struct row rows[POLICIES] = {0};

    printf("%d jobs of a microsecond\n", JOBS);
    printf("%38s   procs=%d%9s%8s%13s\n", "procs=1", procs, "speedup", "thefts", "jobs stolen");
    for (int i = SHARED; i < POLICIES; i++) {
        struct row *row = &rows[i];
        row->one_ms = best_of((enum policy)i, 1, row);
        row->many_ms = best_of((enum policy)i, procs, row);
        printf("  %-25s %7.1f ms %6.1f ms %7.2fx", names[i], row->one_ms, row->many_ms,
               row->one_ms / row->many_ms);
        if (i == RUNTIME)
            printf("\n");
        else
            printf(" %7lld %12lld\n", (long long)row->thefts, (long long)row->stolen);
    }
    figure("no_stealing_speedup", rows[OWN].one_ms / rows[OWN].many_ms);
    figure("half_speedup", rows[STEAL_HALF].one_ms / rows[STEAL_HALF].many_ms);
    figure("half_thefts", (double)rows[STEAL_HALF].thefts);
}

static void demo(void *arg)
{
    int procs = rt_procs(0);
    int64_t span_ns = 0;

    (void)arg;
    draw(OWN, &span_ns);
    draw(STEAL_HALF, &span_ns);
    checksum();
    print_table(procs);
}

int main(void)
{
    return rt_run(demo, NULL) == RT_OK ? 0 : 1;
}
