/* harness.c - a small scheduler around the run queues of lesson 22: first their rules, one by one, then a tree of jobs
 * that several workers run at the same time.
 *
 * Input: `jobs`, how many; `children`, how many each of them starts; `steps`, what each computes; `notes`, whether parents
 * leave notes; `workers`, where 0 means one for each proc; `patience`, how often a worker looks round in vain before it
 * goes home.
 *
 * Job 0 is there at the beginning. Job n, when it runs, starts the jobs n * children + 1 and following. A job whose queue
 * is full is run at once, by its parent. A note is plain memory, which the parent writes before it pushes a job, and
 * whoever runs the job reads: if the queue does not order the two, that is a data race. */
#include <inttypes.h>
#include <stdlib.h>

#include "exercise.h"
#include "rt.h"
#include "runq.h"

struct job {
    _Atomic(uint64_t) about; /* written by the parent; relaxed: see `note` */
    uint64_t note;           /* the same, in plain memory */
    _Atomic(int) runs;       /* relaxed: read when all workers have gone home */
    uint64_t result;         /* written by whoever runs it first */
};

struct worker {
    _Alignas(64) struct runq queue;
    int number;
    rt_wait_group *at_work;
};

/* Set before the workers start and only read afterwards, but for the jobs. */
static struct job *jobs;
static struct worker *workers;
static int64_t jobs_count, children, steps, patience;
static bool notes;
static int workers_count;

static _Atomic(int64_t)
    left; /* jobs that have not ended. Release and acquire: who sees 0 sees all results */

/* ---- The scheduler --------------------------------------------------------------------------- */

static void run_job(struct worker *self, int64_t number);

static void give(struct job *job, uint64_t about)
{
    atomic_store_explicit(&job->about, about, memory_order_relaxed);
    if (notes)
        job->note = about;
}

static uint64_t about(struct job *job)
{
    return notes ? job->note : atomic_load_explicit(&job->about, memory_order_relaxed);
}

static void start_children(struct worker *self, int64_t number)
{
    for (int64_t child = number * children + 1;
         child <= (number + 1) * children && child < jobs_count; child++) {
        give(&jobs[child], about(&jobs[number]) * 3 + (uint64_t)child);
        if (!runq_push(&self->queue, (uint32_t)child))
            run_job(self, child);
    }
}

static void run_job(struct worker *self, int64_t number)
{
    struct job *job = &jobs[number];

    if (atomic_fetch_add_explicit(&job->runs, 1, memory_order_relaxed) > 0)
        return; /* it is run a second time: once is enough to know it */
    start_children(self, number);
    uint64_t x = about(job);
    for (int64_t i = 0; i < steps; i++)
        x = (x ^ (x >> 29)) * UINT64_C(0xbf58476d1ce4e5b9) + 1;
    job->result = x;
    atomic_fetch_sub_explicit(&left, 1, memory_order_acq_rel);
}

/* A job from one's own queue, or from another worker's, beginning with the next one. */
static bool find_job(struct worker *self, uint32_t *job)
{
    if (runq_pop(&self->queue, job))
        return true;
    for (int i = 1; i < workers_count; i++)
        if (runq_steal(&workers[(self->number + i) % workers_count].queue, &self->queue, job))
            return true;
    return false;
}

/* A number that is no job's comes from a slot that nobody has written. */
static void work(void *arg)
{
    struct worker *self = arg;
    uint32_t job;

    for (int64_t in_vain = 0;
         in_vain < patience && atomic_load_explicit(&left, memory_order_acquire) > 0; in_vain++) {
        while (find_job(self, &job)) {
            in_vain = 0;
            if (job < jobs_count)
                run_job(self, job);
        }
        rt_yield();
    }
    rt_wait_group_done(self->at_work);
}

static void run_all_jobs(void)
{
    rt_wait_group at_work = {0};

    rt_wait_group_add(&at_work, workers_count);
    for (int i = 0; i < workers_count; i++) {
        workers[i].number = i;
        workers[i].at_work = &at_work;
    }
    runq_push(&workers[0].queue, 0);
    for (int i = 0; i < workers_count; i++)
        rt_go(work, &workers[i]);
    rt_wait_group_wait(&at_work);
}

/* ---- The rules, one by one ------------------------------------------------------------------- */

/* A queue that has been in use for long: its counters are just before they wrap, or anywhere. */
static void make_queue(struct runq *queue, uint32_t filled)
{
    uint32_t at = (uint32_t)input_random_between(0, 1) ? UINT32_MAX - 3 : (uint32_t)input_random();

    atomic_store_explicit(&queue->ends, ends_pack((struct ends){at, at}), memory_order_relaxed);
    for (uint32_t i = 0; i < RUNQ_SIZE; i++)
        atomic_store_explicit(&queue->ring[i], 0, memory_order_relaxed);
    for (uint32_t i = 0; i < filled; i++)
        runq_push(queue, 101 + i);
}

static void answer_contents(const char *what, struct runq *queue)
{
    uint32_t job[2 * RUNQ_SIZE] = {0};
    int count = 0;

    while (count < 2 * RUNQ_SIZE && runq_pop(queue, &job[count]))
        count++;
    answer_line("  %s: %d jobs: %" PRIu32 " %" PRIu32 " %" PRIu32 " %" PRIu32 " %" PRIu32
                " %" PRIu32 " %" PRIu32 " %" PRIu32,
                what, count, job[0], job[1], job[2], job[3], job[4], job[5], job[6], job[7]);
}

static void answer_rules(void)
{
    struct runq queue, own;
    uint32_t stolen;

    make_queue(&queue, RUNQ_SIZE);
    answer_line("one more into a full queue: %s", runq_push(&queue, 999) ? "yes" : "no");
    answer_contents("left", &queue);
    for (uint32_t filled = 0; filled <= RUNQ_SIZE; filled++) {
        make_queue(&queue, filled);
        make_queue(&own, 0);
        bool ok = runq_steal(&queue, &own, &stolen);
        answer_line("steal from %" PRIu32 " jobs: %s, job %" PRIu32, filled, ok ? "yes" : "no",
                    ok ? stolen : 0);
        answer_contents("thief", &own);
        answer_contents("victim", &queue);
    }
}

static void answer_jobs(void)
{
    int64_t never = 0, again = 0;
    uint64_t digest = 0;

    for (int64_t i = 0; i < jobs_count; i++) {
        int runs = atomic_load_explicit(&jobs[i].runs, memory_order_relaxed);
        never += runs == 0;
        again += runs > 1;
        digest = digest * UINT64_C(6364136223846793005) + jobs[i].result;
    }
    answer_line("%" PRId64 " jobs: %" PRId64 " never run, %" PRId64 " run more than once",
                jobs_count, never, again);
    answer_line("results: %016" PRIx64, digest);
}

/* Nothing is freed: the tasks of a wrong submission may still use it when this ends. */
void harness(void)
{
    jobs_count = input_get("jobs");
    children = input_get("children");
    steps = input_get("steps");
    notes = input_get("notes") != 0;
    patience = input_get("patience");
    workers_count = (int)input_get("workers");
    if (workers_count == 0)
        workers_count = rt_procs(0);
    jobs = calloc((size_t)jobs_count, sizeof *jobs);
    workers = aligned_alloc(64, (size_t)workers_count * sizeof *workers);
    if (jobs == NULL || workers == NULL)
        exit(EXERCISE_EXIT_LESSON);
    for (int i = 0; i < workers_count; i++)
        workers[i] = (struct worker){.number = i};
    give(&jobs[0], input_random());
    atomic_store_explicit(&left, jobs_count, memory_order_relaxed);

    answer_rules();
    run_all_jobs();
    answer_jobs();
}
