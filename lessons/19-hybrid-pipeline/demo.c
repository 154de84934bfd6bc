/* demo.c - lesson 19: work that waits and computes, by a pipeline with a knob for each stage, and by
 * one pool for both.
 *
 *   1. Twelve trays rise for 40 ms each and are then baked, which computes for 10 ms: drawn for
 *      several settings of the two knobs, on one scale.
 *   2. Twenty jobs of 100 ms waiting and 25 ms computing, by one pool of several sizes: a table.
 *
 * The waits are rt_sleep(), the computing is a chain of arithmetic whose length is measured first,
 * so that it takes as long as it says on any machine. */
#include <stdatomic.h>
#include <stdio.h>

#include "figure.h"
#include "rt.h"
#include "timeline.h"

#define TRAYS 12
#define RISE_NS (40 * RT_MS)
#define BAKE_NS (10 * RT_MS)
#define DRAWERS_MAX 8
#define BAKERS_MAX 2

#define JOBS 20
#define JOB_WAIT_NS (100 * RT_MS)
#define JOB_WORK_NS (25 * RT_MS)
#define ENOUGH (int)(1 + JOB_WAIT_NS / JOB_WORK_NS) /* so many workers keep one proc busy */

/* Between two looks at the clock; some 10 us. */
#define STEPS_PER_TICK 5000

/* Results end here, so that the compiler cannot leave the work out. Relaxed: nobody reads it. */
static _Atomic(uint64_t) sink;

static double steps_per_ns;

static void walk(int64_t steps, struct timeline_row *row)
{
    uint64_t x = (uint64_t)steps;

    while (steps > 0) {
        int64_t until_tick = steps < STEPS_PER_TICK ? steps : STEPS_PER_TICK;
        for (int64_t i = 0; i < until_tick; i++)
            x = (x ^ (x >> 29)) * UINT64_C(0xbf58476d1ce4e5b9) + 1;
        steps -= until_tick;
        if (row != NULL)
            timeline_tick(row);
    }
    atomic_fetch_xor_explicit(&sink, x, memory_order_relaxed);
}

/* The best of several walks: another program can only make one slower. */
static void measure_steps(void)
{
    const int64_t steps = 2000000;

    for (int i = 0; i < 5; i++) {
        int64_t start_ns = rt_now();
        walk(steps, NULL);
        double rate = (double)steps / (double)(rt_now() - start_ns);
        steps_per_ns = rate > steps_per_ns ? rate : steps_per_ns;
    }
}

static void compute(int64_t ns, struct timeline_row *row)
{
    walk((int64_t)(steps_per_ns * (double)ns), row);
}

/* ---- The pipeline, drawn --------------------------------------------------------------------- */

struct bakery {
    rt_chan *trays; /* of int; closed after the last one */
    rt_chan *risen; /* of int; closed when all drawers are empty */
    rt_chan *baked; /* of int; closed when all bakers have gone */
    rt_wait_group drawers, bakers;
};

/* One drawer, or one baker. */
struct place {
    struct bakery *bakery;
    struct timeline_row *row;
};

static char letter_of(int tray)
{
    return (char)(tray < 9 ? '1' + tray : 'A' + tray - 9);
}

static void rise(void *arg)
{
    struct place *drawer = arg;
    struct bakery *bakery = drawer->bakery;
    int tray;

    while (rt_chan_recv(bakery->trays, &tray) == RT_OK) {
        timeline_wait(drawer->row, NULL);
        timeline_mark(drawer->row, letter_of(tray));
        rt_sleep(RISE_NS);
        timeline_block(drawer->row, NULL);
        rt_chan_send(bakery->risen, &tray);
    }
    timeline_end(drawer->row);
    rt_wait_group_done(&bakery->drawers);
}

static void bake(void *arg)
{
    struct place *baker = arg;
    struct bakery *bakery = baker->bakery;
    int tray;

    timeline_block(baker->row, NULL);
    while (rt_chan_recv(bakery->risen, &tray) == RT_OK) {
        timeline_run(baker->row);
        timeline_mark(baker->row, letter_of(tray));
        compute(BAKE_NS, baker->row);
        timeline_block(baker->row, NULL);
        rt_chan_send(bakery->baked, &tray);
    }
    timeline_end(baker->row);
    rt_wait_group_done(&bakery->bakers);
}

static void hand_out(void *arg)
{
    struct bakery *bakery = arg;

    for (int tray = 0; tray < TRAYS; tray++)
        rt_chan_send(bakery->trays, &tray);
    rt_chan_close(bakery->trays);
}

static void close_risen(void *arg)
{
    struct bakery *bakery = arg;

    rt_wait_group_wait(&bakery->drawers);
    rt_chan_close(bakery->risen);
}

static void close_baked(void *arg)
{
    struct bakery *bakery = arg;

    rt_wait_group_wait(&bakery->bakers);
    rt_chan_close(bakery->baked);
}

static void start_stage(struct bakery *bakery, struct timeline *timeline, struct place *places,
                        int count, const char *name, void (*fn)(void *arg))
{
    for (int i = 0; i < count; i++) {
        places[i] = (struct place){bakery, timeline_row(timeline, "%s %d", name, i + 1)};
        rt_go(fn, &places[i]);
    }
}

static struct timeline *picture(int procs, int drawers, int bakers)
{
    struct place places[DRAWERS_MAX + BAKERS_MAX];
    struct bakery bakery = {
        .trays = rt_chan_new(sizeof(int), 0),
        .risen = rt_chan_new(sizeof(int), 0),
        .baked = rt_chan_new(sizeof(int), 0),
    };
    struct timeline *timeline = timeline_new("%d trays, %d drawers, %d baker%s, procs=%d", TRAYS,
                                             drawers, bakers, bakers == 1 ? "" : "s", procs);

    rt_procs(procs);
    rt_wait_group_add(&bakery.drawers, drawers);
    rt_wait_group_add(&bakery.bakers, bakers);
    start_stage(&bakery, timeline, places, drawers, "drawer", rise);
    start_stage(&bakery, timeline, places + drawers, bakers, "baker", bake);
    rt_go(hand_out, &bakery);
    rt_go(close_risen, &bakery);
    rt_go(close_baked, &bakery);
    while (rt_chan_recv(bakery.baked, NULL) == RT_OK)
        continue;
    rt_chan_free(bakery.trays);
    rt_chan_free(bakery.risen);
    rt_chan_free(bakery.baked);
    return timeline;
}

static void draw_pictures(int procs)
{
    struct timeline *pictures[] = {
        picture(1, 4, 1),
        picture(procs, 4, BAKERS_MAX),
        picture(procs, DRAWERS_MAX, BAKERS_MAX),
    };

    for (size_t i = 0; i < sizeof pictures / sizeof pictures[0]; i++) {
        timeline_draw(pictures[i], stdout, timeline_span_ns(pictures[0]));
        printf("\n");
    }
    figure("trays_4_drawers_1_baker", (double)timeline_span_ns(pictures[0]) / RT_MS);
    figure("trays_4_drawers_2_bakers", (double)timeline_span_ns(pictures[1]) / RT_MS);
    figure("trays_8_drawers_2_bakers", (double)timeline_span_ns(pictures[2]) / RT_MS);
    for (size_t i = 0; i < sizeof pictures / sizeof pictures[0]; i++)
        timeline_free(pictures[i]);
}

/* ---- One pool, measured ---------------------------------------------------------------------- */

struct pool {
    _Atomic(int) next; /* the first job that nobody has taken; relaxed: only its value counts */
    rt_wait_group workers;
};

static void work(void *arg)
{
    struct pool *pool = arg;

    while (atomic_fetch_add_explicit(&pool->next, 1, memory_order_relaxed) < JOBS) {
        rt_sleep(JOB_WAIT_NS);
        compute(JOB_WORK_NS, NULL);
    }
    rt_wait_group_done(&pool->workers);
}

static int64_t time_of(int procs, int workers)
{
    struct pool pool = {0};
    int64_t start_ns;

    rt_procs(procs);
    start_ns = rt_now();
    rt_wait_group_add(&pool.workers, workers);
    for (int i = 0; i < workers; i++)
        rt_go(work, &pool);
    rt_wait_group_wait(&pool.workers);
    return rt_now() - start_ns;
}

/* Prints a line of the table. */
static void print_pool(int workers, int procs, int64_t one_by_one_ns)
{
    int64_t one_ns = time_of(1, workers), many_ns = time_of(procs, workers);

    printf("  %-10d %8.0f ms %6.2fx %12.0f ms %6.2fx\n", workers, (double)one_ns / RT_MS,
           (double)one_by_one_ns / (double)one_ns, (double)many_ns / RT_MS,
           (double)one_by_one_ns / (double)many_ns);
}

static void print_table(int procs)
{
    int64_t one_by_one_ns = time_of(1, 1);

    printf("%d jobs, each waits %d ms and computes %d ms; one by one: %.0f ms\n", JOBS,
           (int)(JOB_WAIT_NS / RT_MS), (int)(JOB_WORK_NS / RT_MS), (double)one_by_one_ns / RT_MS);
    printf("  %-10s %11s %7s %13s=%d\n", "workers", "procs=1", "", "procs", procs);
    print_pool(4, procs, one_by_one_ns);
    if (2 * procs > 4)
        print_pool(2 * procs, procs, one_by_one_ns);
    if (ENOUGH * procs < JOBS)
        print_pool(ENOUGH * procs, procs, one_by_one_ns);
    print_pool(JOBS, procs, one_by_one_ns);
}

static void demo(void *arg)
{
    int procs = rt_procs(0);

    (void)arg;
    measure_steps();
    draw_pictures(procs);
    print_table(procs);
}

int main(void)
{
    return rt_run(demo, NULL) == RT_OK ? 0 : 1;
}
