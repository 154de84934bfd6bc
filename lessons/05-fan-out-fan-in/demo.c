/* demo.c - lesson 05: first two half-sums that meet in one channel, the smallest fan-in there is;
 * then a pipeline that fans out to three squarers and in again, drawn at procs=1 and on all procs.
 *
 * The pipeline squares the numbers 2 to 10. One multiplication would be over before it could be
 * drawn, so a squarer walks a long chain of arithmetic first, as a worker with real work would. In
 * the picture a digit marks the moment when a stage begins with that number: the generator to offer
 * it, a squarer to square it, the main task to take its square (X is 10).
 *
 * All squarers send on one channel here, and the main task knows how many results to expect, so
 * nobody needs to close that channel. The exercise is about the case where nobody knows. */
#include <stdatomic.h>
#include <stdio.h>

#include "figure.h"
#include "rt.h"
#include "timeline.h"

#define FIRST 2
#define LAST 10
#define NUMBERS (LAST - FIRST + 1)
#define SQUARERS 3

/* A number keeps a squarer busy for some 10 ms. */
#define STEPS_PER_NUMBER 8000000
/* Between two looks at the clock; some 10 us. */
#define STEPS_PER_TICK 5000

/* ---- Two half-sums --------------------------------------------------------------------------- */

struct half {
    const int *values;
    int count;
    rt_chan *sums; /* of int */
};

static void add_up(void *arg)
{
    struct half *half = arg;
    int sum = 0;

    for (int i = 0; i < half->count; i++)
        sum += half->values[i];
    rt_chan_send(half->sums, &sum);
}

static void two_half_sums(void)
{
    static const int values[] = {7, 2, 8, -9, 4, 0};
    rt_chan *sums = rt_chan_new(sizeof(int), 0);
    struct half first = {values, 3, sums}, second = {values + 3, 3, sums};
    int x, y;

    rt_go(add_up, &first);
    rt_go(add_up, &second);
    rt_chan_recv(sums, &x);
    rt_chan_recv(sums, &y);
    printf("half-sums of 7 2 8 -9 4 0, in order of arrival: %d and %d, total %d\n\n", x, y, x + y);
    rt_chan_free(sums);
}

/* ---- The pipeline ---------------------------------------------------------------------------- */

/* Results end here, so that the compiler cannot leave the work out. Relaxed: nobody reads it. */
static _Atomic(uint64_t) sink;

struct stage {
    rt_chan *in, *out; /* of int */
    struct timeline_row *row;
    rt_wait_group *squarers;
};

static char name_of(int number)
{
    return number == 10 ? 'X' : (char)('0' + number);
}

static void generate(void *arg)
{
    struct stage *stage = arg;

    for (int n = FIRST; n <= LAST; n++) {
        timeline_run(stage->row);
        timeline_mark(stage->row, name_of(n));
        timeline_wait(stage->row, NULL);
        rt_chan_send(stage->out, &n);
    }
    rt_chan_close(stage->out);
    timeline_end(stage->row);
}

static void compute(struct timeline_row *row, int number)
{
    uint64_t x = (uint64_t)number;

    for (int step = 0; step < STEPS_PER_NUMBER; step++) {
        x = (x ^ (x >> 29)) * UINT64_C(0xbf58476d1ce4e5b9) + 1;
        if (step % STEPS_PER_TICK == 0)
            timeline_tick(row);
    }
    atomic_fetch_xor_explicit(&sink, x, memory_order_relaxed);
}

static void square(void *arg)
{
    struct stage *stage = arg;
    int n;

    timeline_wait(stage->row, NULL);
    while (rt_chan_recv(stage->in, &n) == RT_OK) {
        int result = n * n;
        timeline_run(stage->row);
        timeline_mark(stage->row, name_of(n));
        compute(stage->row, n);
        timeline_wait(stage->row, NULL);
        rt_chan_send(stage->out, &result);
    }
    timeline_end(stage->row);
    rt_wait_group_done(stage->squarers);
}

/* The fan-in, in the main task: takes the results as they come. */
static void collect(struct stage *stage, int *results)
{
    for (int i = 0; i < NUMBERS; i++) {
        timeline_wait(stage->row, NULL);
        rt_chan_recv(stage->in, &results[i]);
        timeline_run(stage->row);
        for (int n = FIRST; n <= LAST; n++) {
            if (n * n == results[i])
                timeline_mark(stage->row, name_of(n));
        }
    }
    timeline_end(stage->row);
}

static struct timeline *run_pipeline(int procs, int *results)
{
    rt_chan *numbers = rt_chan_new(sizeof(int), 0), *squares = rt_chan_new(sizeof(int), 0);
    rt_wait_group squarers = {0};
    struct timeline *timeline;
    struct stage source, workers[SQUARERS], end;

    rt_procs(procs);
    timeline =
        timeline_new("squares of %d to %d, %d squarers, procs=%d", FIRST, LAST, SQUARERS, procs);
    source = (struct stage){NULL, numbers, timeline_row(timeline, "generate"), NULL};
    timeline_ready(source.row);
    rt_go(generate, &source);
    rt_wait_group_add(&squarers, SQUARERS);
    for (int i = 0; i < SQUARERS; i++) {
        workers[i] = (struct stage){numbers, squares, timeline_row(timeline, "square %c", 'A' + i),
                                    &squarers};
        timeline_ready(workers[i].row);
        rt_go(square, &workers[i]);
    }
    end = (struct stage){squares, NULL, timeline_row(timeline, "merge"), NULL};
    collect(&end, results);
    rt_wait_group_wait(&squarers);
    rt_chan_free(squares);
    rt_chan_free(numbers);
    return timeline;
}

static void print_results(const int *results)
{
    int sum = 0;

    printf("  in order of arrival:");
    for (int i = 0; i < NUMBERS; i++) {
        printf(" %d", results[i]);
        sum += results[i];
    }
    printf("; sum %d\n", sum);
}

static void demo(void *arg)
{
    int procs = rt_procs(0);
    int results_one[NUMBERS], results_many[NUMBERS];
    struct timeline *one, *many;

    (void)arg;
    two_half_sums();
    one = run_pipeline(1, results_one);
    many = run_pipeline(procs, results_many);
    timeline_draw(one, stdout, 0);
    print_results(results_one);
    printf("\n");
    timeline_draw(many, stdout, timeline_span_ns(one));
    print_results(results_many);
    figure("pipeline_speedup", (double)timeline_span_ns(one) / (double)timeline_span_ns(many));
    timeline_free(many);
    timeline_free(one);
}

int main(void)
{
    return rt_run(demo, NULL) == RT_OK ? 0 : 1;
}
