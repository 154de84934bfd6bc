/* demo.c - lesson 11: a program with a serial part, drawn at procs=1 and on all procs, and then
 * measured for several sizes of that part, beside what Amdahl's law says.
 *
 * The program is a batch of pieces of work, all of the same length. One task does the first of them
 * alone: that is the serial part. Then it starts a worker for each proc, and they share the rest:
 * each takes the next piece when it has done the last. The total work is always the same. */
#include <stdatomic.h>
#include <stdio.h>

#include "figure.h"
#include "rt.h"
#include "timeline.h"

#define PIECES 400
#define STEPS_PER_PIECE 200000 /* some 0.3 ms */

/* Between two looks at the clock; some 10 us. */
#define STEPS_PER_TICK 5000

#define PICTURE_SERIAL 25 /* percent */

/* Each time is the best of so many: whatever else the machine does only makes it longer. */
#define TRIES 3

/* Results end here, so that the compiler cannot leave the work out. Relaxed: nobody reads it. */
static _Atomic(uint64_t) sink;

struct batch {
    _Atomic(int) next; /* the first piece that nobody has taken; relaxed: only the number matters */
    rt_wait_group workers;
};

struct worker {
    struct batch *batch;
    struct timeline_row *row; /* NULL: not drawn */
};

static void do_piece(struct timeline_row *row)
{
    uint64_t x = 1;

    for (int step = 0; step < STEPS_PER_PIECE; step++) {
        x = (x ^ (x >> 29)) * UINT64_C(0xbf58476d1ce4e5b9) + 1;
        if (row != NULL && step % STEPS_PER_TICK == 0)
            timeline_tick(row);
    }
    atomic_fetch_xor_explicit(&sink, x, memory_order_relaxed);
}

static void work(void *arg)
{
    struct worker *worker = arg;
    struct batch *batch = worker->batch;

    if (worker->row != NULL)
        timeline_run(worker->row);
    while (atomic_fetch_add_explicit(&batch->next, 1, memory_order_relaxed) < PIECES)
        do_piece(worker->row);
    if (worker->row != NULL)
        timeline_end(worker->row);
    rt_wait_group_done(&batch->workers);
}

/* The program: `serial` percent of the pieces by this task alone, the others by all procs. It is
 * drawn if there is a timeline. */
static void run_batch(int serial, struct timeline *timeline)
{
    struct batch batch = {.next = PIECES * serial / 100};
    struct worker workers[RT_MAX_PROCS];
    struct timeline_row *alone = timeline != NULL ? timeline_row(timeline, "alone") : NULL;
    int procs = rt_procs(0);

    if (alone != NULL)
        timeline_run(alone);
    for (int piece = 0; piece < PIECES * serial / 100; piece++)
        do_piece(alone);
    if (alone != NULL)
        timeline_end(alone);

    rt_wait_group_add(&batch.workers, procs);
    for (int i = 0; i < procs; i++) {
        workers[i] = (struct worker){&batch, NULL};
        if (timeline != NULL) {
            workers[i].row = timeline_row(timeline, "worker %d", i + 1);
            timeline_ready(workers[i].row);
        }
        rt_go(work, &workers[i]);
    }
    rt_wait_group_wait(&batch.workers);
}

static struct timeline *picture(int procs)
{
    struct timeline *timeline;

    rt_procs(procs);
    timeline = timeline_new("%d%% serial, procs=%d", PICTURE_SERIAL, procs);
    run_batch(PICTURE_SERIAL, timeline);
    return timeline;
}

static int64_t best_time_ns(int serial, int procs)
{
    int64_t best_ns = INT64_MAX;

    rt_procs(procs);
    for (int i = 0; i < TRIES; i++) {
        int64_t start_ns = rt_now(), took_ns;
        run_batch(serial, NULL);
        took_ns = rt_now() - start_ns;
        if (took_ns < best_ns)
            best_ns = took_ns;
    }
    return best_ns;
}

/* Amdahl's law: the speedup on n procs if `serial` percent cannot be shared. */
static double law(int serial, int n)
{
    double s = serial / 100.0;

    return 1 / (s + (1 - s) / n);
}

/* Returns the one that was measured. */
static double print_speedups(int serial, int procs)
{
    double alone = (double)best_time_ns(serial, 1), together = (double)best_time_ns(serial, procs);
    char most[16] = "no limit";

    if (serial > 0)
        snprintf(most, sizeof most, "%.2f", 100.0 / serial);
    printf("  %5d%% %12.2f %12.2f %9.2f %8.2f %8.2f %11s\n", serial, alone / together,
           law(serial, procs), law(serial, 2), law(serial, 4), law(serial, 8), most);
    return alone / together;
}

static void demo(void *arg)
{
    int procs = rt_procs(0);
    struct timeline *one = picture(1), *many = picture(procs);

    (void)arg;
    timeline_draw(one, stdout, 0);
    printf("\n");
    timeline_draw(many, stdout, timeline_span_ns(one));
    timeline_free(many);
    timeline_free(one);

    printf("\nspeedup    measured      the law   the law\n");
    printf("  serial    procs=%-3d    procs=%-3d       on 2     on 4     on 8     at most\n", procs,
           procs);
    print_speedups(0, procs);
    print_speedups(1, procs);
    figure("twentieth_serial_speedup", print_speedups(5, procs));
    figure("quarter_serial_speedup", print_speedups(25, procs));
    print_speedups(50, procs);
    print_speedups(100, procs);
}

int main(void)
{
    return rt_run(demo, NULL) == RT_OK ? 0 : 1;
}
