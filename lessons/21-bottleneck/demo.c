/* demo.c - lesson 21: one piece of work, spoiled in four ways, and the numbers that tell them apart.
 *
 *   1. the four, and the same done well, on one proc and on all: a table of what a program can be asked;
 *   2. three of them drawn: what an uneven share, a lock and too much work look like.
 *
 * The work is to add up the receipts of four million sales, of which the later ones are longer. Done well, a worker
 * takes the next chunk of them when it has done the last. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "figure.h"
#include "rt.h"
#include "timeline.h"

#define SALES 4000000
#define CHUNK 5000
#define WORKERS_MAX 64

/* The last receipt has this many items; on average, a third of it. */
#define ITEMS_MAX 36

/* The best of so many, since other programs can only make one slower. */
#define ROUNDS 3

enum way { LOOP, WELL, TINY, LOCKED, PARTS, WASTE, WAYS };

static const char *const names[WAYS] = {"a loop, no tasks",      "A: chunks on demand",
                                        "B: a message for each", "C: one lock around a chunk",
                                        "D: equal parts",        "E: a table for each chunk"};

struct job {
    enum way way;
    _Atomic(int64_t) next;    /* the first sale that nobody has taken; relaxed */
    _Atomic(uint64_t) total;  /* relaxed, as lock_ns: read when all workers have ended */
    _Atomic(int64_t) lock_ns; /* that all workers together waited for the lock */
    rt_mutex lock;
    rt_chan *sales; /* TINY */
    rt_wait_group workers;
};

struct worker {
    struct job *job;
    int64_t first, end;       /* PARTS */
    struct timeline_row *row; /* NULL: not drawn */
};

/* ---- The work -------------------------------------------------------------------------------- */

/* The price list, which way E makes anew for each chunk. */
static void make_prices(void)
{
    static _Atomic(uint64_t) sink; /* relaxed: nobody reads it, but the compiler does not know */
    uint64_t price = 1;

    for (int i = 0; i < 2 * CHUNK * ITEMS_MAX / 3; i++)
        price = (price ^ (price >> 29)) * UINT64_C(0x94d049bb133111eb) + 1;
    atomic_store_explicit(&sink, price, memory_order_relaxed);
}

/* Not inlined, so that it costs the same in all ways. */
__attribute__((noinline)) static uint64_t cents(int64_t sale)
{
    uint64_t item = (uint64_t)sale, sum = 0;

    for (int64_t n = ITEMS_MAX * sale / SALES * sale / SALES; n >= 0; n--) {
        item = (item ^ (item >> 29)) * UINT64_C(0xbf58476d1ce4e5b9) + 1;
        sum += item >> 50;
    }
    return sum;
}

static uint64_t add_up(int64_t first, int64_t end)
{
    uint64_t sum = 0;

    for (int64_t sale = first; sale < end; sale++)
        sum += cents(sale);
    return sum;
}

/* ---- The ways -------------------------------------------------------------------------------- */

static void mark_run(struct worker *worker)
{
    if (worker->row != NULL)
        timeline_run(worker->row);
}

static void wait_for_lock(struct worker *worker)
{
    int64_t begun_ns = rt_now();

    if (worker->row != NULL)
        timeline_block(worker->row, "lock");
    rt_mutex_lock(&worker->job->lock);
    atomic_fetch_add_explicit(&worker->job->lock_ns, rt_now() - begun_ns, memory_order_relaxed);
    mark_run(worker);
}

static uint64_t add_up_chunk(struct worker *worker, int64_t first)
{
    struct job *job = worker->job;
    int64_t end = first + CHUNK;
    uint64_t sum;

    if (worker->row != NULL)
        timeline_tick(worker->row);
    if (job->way == LOCKED)
        wait_for_lock(worker);
    if (job->way == WASTE)
        make_prices();
    sum = add_up(first, end);
    if (job->way == LOCKED)
        rt_mutex_unlock(&job->lock);
    return sum;
}

static uint64_t take_chunks(struct worker *worker)
{
    uint64_t sum = 0;
    int64_t first;

    while ((first = atomic_fetch_add_explicit(&worker->job->next, CHUNK, memory_order_relaxed)) <
           SALES)
        sum += add_up_chunk(worker, first);
    return sum;
}

static uint64_t take_messages(struct worker *worker)
{
    uint64_t sum = 0;
    int64_t sale;

    while (rt_chan_recv(worker->job->sales, &sale) == RT_OK)
        sum += cents(sale);
    return sum;
}

static uint64_t take_part(struct worker *worker)
{
    uint64_t sum = 0;

    for (int64_t first = worker->first; first < worker->end; first += CHUNK) {
        if (worker->row != NULL)
            timeline_tick(worker->row);
        sum += add_up(first, worker->end - first < CHUNK ? worker->end : first + CHUNK);
    }
    return sum;
}

static void work(void *arg)
{
    struct worker *worker = arg;
    struct job *job = worker->job;

    mark_run(worker);
    uint64_t sum = job->way == TINY    ? take_messages(worker)
                   : job->way == PARTS ? take_part(worker)
                                       : take_chunks(worker);
    atomic_fetch_add_explicit(&job->total, sum, memory_order_relaxed);
    if (worker->row != NULL)
        timeline_end(worker->row);
    rt_wait_group_done(&job->workers);
}

static void send_sales(struct job *job)
{
    for (int64_t sale = 0; sale < SALES; sale++)
        rt_chan_send(job->sales, &sale);
    rt_chan_close(job->sales);
}

struct result {
    uint64_t total;
    int64_t lock_ns;
};

/* Does the whole work in one way, on all procs; drawn if there is a timeline. */
static struct result run(enum way way, struct timeline *timeline)
{
    static struct worker workers[WORKERS_MAX];
    struct job job = {.way = way, .sales = rt_chan_new(sizeof(int64_t), 0)};
    int count = rt_procs(0) < WORKERS_MAX ? rt_procs(0) : WORKERS_MAX;

    if (way == LOOP) {
        job.total = add_up(0, SALES);
        count = 0;
    }
    for (int i = 0; i < count; i++)
        workers[i] =
            (struct worker){&job, (int64_t)SALES * i / count, (int64_t)SALES * (i + 1) / count,
                            timeline != NULL ? timeline_row(timeline, "worker %d", i + 1) : NULL};
    if (timeline != NULL)
        timeline_start(timeline);
    rt_wait_group_add(&job.workers, count);
    for (int i = 0; i < count; i++)
        rt_go(work, &workers[i]);
    if (way == TINY)
        send_sales(&job);
    rt_wait_group_wait(&job.workers);
    rt_chan_free(job.sales);
    return (struct result){job.total, job.lock_ns};
}

/* ---- The questions --------------------------------------------------------------------------- */

struct answers {
    double took_ms;
    double waiting; /* for the lock: the share of the workers' time */
    double busy;    /* CPUs, on average */
};

/* What all threads of this process have had, as `time` shows it. */
static int64_t cpu_ns(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec * RT_SECOND + time.tv_nsec;
}

static struct answers ask_once(enum way way, int procs)
{
    static uint64_t expected;
    int64_t begun_cpu_ns = cpu_ns(), begun_ns = rt_now();
    struct result result = run(way, NULL);
    double took_ns = (double)(rt_now() - begun_ns);

    if (expected == 0)
        expected = result.total;
    if (result.total != expected) {
        fprintf(stderr, "demo: the total is wrong\n");
        exit(1);
    }
    return (struct answers){took_ns / RT_MS, (double)result.lock_ns / (took_ns * procs),
                            (double)(cpu_ns() - begun_cpu_ns) / took_ns};
}

static struct answers ask(enum way way, int procs)
{
    struct answers best = {0};

    rt_procs(procs);
    for (int round = 0; round < ROUNDS; round++) {
        struct answers answers = ask_once(way, procs);
        if (round == 0 || answers.took_ms < best.took_ms)
            best = answers;
    }
    return best;
}

static void print_table(int procs)
{
    struct answers one[WAYS], many[WAYS];

    for (int way = LOOP; way < WAYS; way++) {
        one[way] = ask(way, 1);
        many[way] = ask(way, procs);
    }
    printf("%28s -- on one proc -- ---------- on %d procs ----------\n", "", procs);
    printf("%28s    time  of loop    time  of own   for lock   CPUs\n", "");
    for (int way = WELL; way < WAYS; way++)
        printf("  %-26s %4.0f ms %6.2fx %5.0f ms %6.2fx %9.0f%% %6.2f\n", names[way],
               one[way].took_ms, one[LOOP].took_ms / one[way].took_ms, many[way].took_ms,
               one[way].took_ms / many[way].took_ms, 100 * many[way].waiting, many[way].busy);
    figure("messages_of_loop", one[LOOP].took_ms / one[TINY].took_ms);
    figure("lock_speedup", one[LOCKED].took_ms / many[LOCKED].took_ms);
    figure("parts_speedup", one[PARTS].took_ms / many[PARTS].took_ms);
    figure("waste_speedup", one[WASTE].took_ms / many[WASTE].took_ms);
}

static void draw(enum way way, int procs, int64_t *span_ns)
{
    struct timeline *timeline = timeline_new("%s, procs=%d", names[way], procs);

    rt_procs(procs);
    run(way, timeline);
    if (*span_ns == 0)
        *span_ns = timeline_span_ns(timeline);
    timeline_draw(timeline, stdout, *span_ns);
    printf("\n");
    timeline_free(timeline);
}

static void demo(void *arg)
{
    int procs = rt_procs(0);
    int64_t span_ns = 0;

    (void)arg;
    draw(WASTE, procs, &span_ns); /* the longest: all are drawn on its scale */
    draw(LOCKED, procs, &span_ns);
    draw(PARTS, procs, &span_ns);
    draw(WELL, procs, &span_ns);
    print_table(procs);
}

int main(void)
{
    return rt_run(demo, NULL) == RT_OK ? 0 : 1;
}
