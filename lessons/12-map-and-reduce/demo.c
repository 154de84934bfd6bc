/* demo.c - lesson 12: which digits do square numbers end in? Ten million squares, counted into one
 * table by several workers, in four ways: two of them drawn, all of them measured.
 *
 * The map is a number's square, the reduce adds up how many of them end in 0, 1, 2 ... 9. A worker
 * takes the next piece of the numbers when it has done the last, as in lesson 04. The ways differ
 * only in where it counts: in the one table, just so; in the one table, under a lock, for each
 * number; in the one table, with an atomic addition for each number; or in a table of its own,
 * which is added to the one table at the end. */
#include <stdatomic.h>
#include <stdio.h>

#include "figure.h"
#include "rt.h"
#include "timeline.h"

#define NUMBERS 10000000
#define PICTURE_NUMBERS 2000000
#define PIECE 10000
#define DIGITS 10

enum way { PLAIN_LOOP, NO_LOCK, LOCK, ATOMIC, OWN_TABLES };

static const char *const names[] = {"a plain loop", "one table, no lock", "a lock for each number",
                                    "an atomic ++ for each", "a table for each worker"};

/* The counts are atomic so that even the way without a lock is a defined program: it loads, adds
 * and stores, as `counts[d]++` does, and loses what another worker has added in between. All
 * accesses are relaxed: only the counts matter, and they are read after all workers have been
 * waited for. */
struct job {
    enum way way;
    int numbers;
    _Atomic(int) next;               /* the first number that nobody has taken; relaxed */
    _Atomic(int64_t) counts[DIGITS]; /* the one table; LOCK and OWN_TABLES: `lock` guards it */
    rt_mutex lock;
    rt_wait_group workers;
};

struct worker {
    struct job *job;
    struct timeline_row *row; /* NULL: not drawn */
};

static void add(struct job *job, int digit, int64_t how_many)
{
    int64_t before = atomic_load_explicit(&job->counts[digit], memory_order_relaxed);

    atomic_store_explicit(&job->counts[digit], before + how_many, memory_order_relaxed);
}

/* The map. Squares of ten million are far below 2^63. */
static int last_digit_of_square(int i)
{
    return (int)((int64_t)i * i % 10);
}

/* The numbers first .. end - 1, in one of the ways that use the one table. */
static void count_shared(struct job *job, int first, int end)
{
    for (int i = first; i < end; i++) {
        int digit = last_digit_of_square(i);
        if (job->way == LOCK)
            rt_mutex_lock(&job->lock);
        if (job->way == ATOMIC)
            atomic_fetch_add_explicit(&job->counts[digit], 1, memory_order_relaxed);
        else
            add(job, digit, 1);
        if (job->way == LOCK)
            rt_mutex_unlock(&job->lock);
    }
}

static void count_own(int64_t *own, int first, int end)
{
    for (int i = first; i < end; i++)
        own[last_digit_of_square(i)]++;
}

/* The reduce of one worker: its table is added to the one table. */
static void merge(struct job *job, const int64_t *own)
{
    rt_mutex_lock(&job->lock);
    for (int digit = 0; digit < DIGITS; digit++)
        add(job, digit, own[digit]);
    rt_mutex_unlock(&job->lock);
}

static void work(void *arg)
{
    struct worker *worker = arg;
    struct job *job = worker->job;
    int64_t own[DIGITS] = {0};
    int first;

    if (worker->row != NULL)
        timeline_run(worker->row);
    while ((first = atomic_fetch_add_explicit(&job->next, PIECE, memory_order_relaxed)) <
           job->numbers) {
        if (job->way == OWN_TABLES)
            count_own(own, first, first + PIECE);
        else
            count_shared(job, first, first + PIECE);
        if (worker->row != NULL)
            timeline_tick(worker->row);
    }
    if (job->way == OWN_TABLES) {
        if (worker->row != NULL)
            timeline_mark(worker->row, 'r');
        merge(job, own);
    }
    if (worker->row != NULL)
        timeline_end(worker->row);
    rt_wait_group_done(&job->workers);
}

/* Counts with a worker for each proc; a plain loop is one worker with a table of its own. */
static void count(struct job *job, struct timeline *timeline)
{
    struct worker workers[RT_MAX_PROCS];
    int number = job->way == PLAIN_LOOP ? 1 : rt_procs(0);

    if (job->way == PLAIN_LOOP)
        job->way = OWN_TABLES;
    rt_wait_group_add(&job->workers, number);
    for (int i = 0; i < number; i++) {
        workers[i] = (struct worker){job, NULL};
        if (timeline != NULL) {
            workers[i].row = timeline_row(timeline, "worker %d", i + 1);
            timeline_ready(workers[i].row);
        }
        rt_go(work, &workers[i]);
    }
    rt_wait_group_wait(&job->workers);
}

static struct timeline *picture(enum way way)
{
    struct job job = {.way = way, .numbers = PICTURE_NUMBERS};
    struct timeline *timeline =
        timeline_new("%d squares, %s, procs=%d", PICTURE_NUMBERS, names[way], rt_procs(0));

    count(&job, timeline);
    return timeline;
}

/* Prints a line of the table. Returns the time. */
static int64_t measure(enum way way, int64_t compared_to_ns)
{
    struct job job = {.way = way, .numbers = NUMBERS};
    int64_t start_ns = rt_now(), took_ns, counted = 0;

    count(&job, NULL);
    took_ns = rt_now() - start_ns;
    for (int digit = 0; digit < DIGITS; digit++)
        counted += atomic_load_explicit(&job.counts[digit], memory_order_relaxed);
    double speedup = (double)(compared_to_ns == 0 ? took_ns : compared_to_ns) / (double)took_ns;
    printf("  %-24s %9.1f ms %8.2fx %11lld\n", names[way], (double)took_ns / RT_MS, speedup,
           (long long)counted);
    if (way == NO_LOCK)
        figure("counted_without_lock", (double)counted / 1e6);
    if (way == LOCK)
        figure("lock_speedup", speedup);
    if (way == OWN_TABLES)
        figure("own_tables_speedup", speedup);
    return took_ns;
}

static void print_digits(void)
{
    struct job job = {.way = OWN_TABLES, .numbers = NUMBERS};

    count(&job, NULL);
    printf("\nsquares by last digit:\n");
    for (int digit = 0; digit < DIGITS; digit++)
        printf("  %d: %lld%s", digit,
               (long long)atomic_load_explicit(&job.counts[digit], memory_order_relaxed),
               digit % 5 == 4 ? "\n" : "");
}

static void demo(void *arg)
{
    struct timeline *lock = picture(LOCK), *own = picture(OWN_TABLES);
    int64_t alone_ns;

    (void)arg;
    timeline_draw(lock, stdout, 0);
    printf("\n");
    timeline_draw(own, stdout, timeline_span_ns(lock));
    timeline_free(own);
    timeline_free(lock);

    printf("\n%d squares at procs=%d\n", NUMBERS, rt_procs(0));
    printf("  %-24s %12s %9s %11s\n", "", "time", "speedup", "counted");
    alone_ns = measure(PLAIN_LOOP, 0);
    for (enum way way = NO_LOCK; way <= OWN_TABLES; way++)
        measure(way, alone_ns);
    print_digits();
}

int main(void)
{
    return rt_run(demo, NULL) == RT_OK ? 0 : 1;
}
