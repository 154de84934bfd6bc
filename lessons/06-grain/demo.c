/* demo.c - lesson 06: what it costs to hand work over, and how much work that takes to pay.
 *
 *   1. what a few things cost on this machine, in nanoseconds;
 *   2. a close look at eight sales: in a loop, and by a task for each, drawn on one scale;
 *   3. two million sales: by a loop, and by two tasks, at procs=1 and on all procs, drawn;
 *   4. the same by tasks of 1, 10, 100 ... sales each: a table.
 *
 * A sale is what it is in the exercise: a receipt of 16 items, added up. The pictures look at the
 * clock for each moment that they draw, some 20 to 40 ns each time; the table and the costs do not. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "figure.h"
#include "rt.h"
#include "timeline.h"

#define SALES 2000000
#define ITEMS 16
#define NUMBERS 1000000

/* So many that the clock does not count, and so few that nobody waits for it. */
#define REPEATS 200000

/* Tasks that are alive at once, at most. More of them are started as the others end. */
#define TASKS_AT_ONCE 1000

/* Between two looks at the clock where a row is drawn; some 20 us. */
#define SALES_PER_TICK 1000

/* Results end here, so that the compiler cannot leave the work out. Relaxed: nobody reads it. */
static _Atomic(uint64_t) sink;

static void use(uint64_t result)
{
    atomic_fetch_xor_explicit(&sink, result, memory_order_relaxed);
}

/* Not inlined, as the exercise's is not. */
__attribute__((noinline)) static uint64_t cents(int64_t sale)
{
    uint64_t item = (uint64_t)sale, sum = 0;

    for (int i = 0; i < ITEMS; i++) {
        item = (item ^ (item >> 29)) * UINT64_C(0xbf58476d1ce4e5b9) + 1;
        sum += (item >> 32) * 9999 >> 32;
    }
    return sum;
}

/* ---- What things cost ------------------------------------------------------------------------ */

/* Returns the cost of one of so many, in nanoseconds. */
static double print_cost(const char *what, int64_t start_ns, int64_t times)
{
    double cost_ns = (double)(rt_now() - start_ns) / (double)times;

    printf("  %-34s %7.1f ns\n", what, cost_ns);
    return cost_ns;
}

static void add_numbers(void)
{
    static uint64_t numbers[NUMBERS];
    uint64_t sum = 0;

    for (int i = 0; i < NUMBERS; i++)
        numbers[i] = (uint64_t)i;
    int64_t start_ns = rt_now();
    for (int i = 0; i < NUMBERS; i++)
        sum += numbers[i];
    use(sum);
    print_cost("add one number of an array", start_ns, NUMBERS);
}

static double look_at_sales(void)
{
    uint64_t sum = 0;
    int64_t start_ns = rt_now();

    for (int i = 0; i < REPEATS; i++)
        sum += cents(i);
    use(sum);
    return print_cost("look at one sale", start_ns, REPEATS);
}

static void lock_and_unlock(void)
{
    rt_mutex lock = {0};
    int64_t start_ns = rt_now();

    for (int i = 0; i < REPEATS; i++) {
        rt_mutex_lock(&lock);
        rt_mutex_unlock(&lock);
    }
    print_cost("take a lock that is free", start_ns, REPEATS);
}

static void send_all(void *arg)
{
    rt_chan *numbers = arg;

    for (int i = 0; i < REPEATS; i++)
        rt_chan_send(numbers, &i);
    rt_chan_close(numbers);
}

static void hand_over(void)
{
    rt_chan *numbers = rt_chan_new(sizeof(int), 0);
    int64_t start_ns = rt_now();
    int number;

    rt_go(send_all, numbers);
    while (rt_chan_recv(numbers, &number) == RT_OK)
        continue;
    print_cost("hand a number over by a channel", start_ns, REPEATS);
    rt_chan_free(numbers);
}

static void nothing(void *arg)
{
    rt_wait_group_done(arg);
}

static double start_tasks(void)
{
    rt_wait_group done = {0};
    int64_t start_ns = rt_now();

    for (int batch = 0; batch < REPEATS / TASKS_AT_ONCE; batch++) {
        rt_wait_group_add(&done, TASKS_AT_ONCE);
        for (int i = 0; i < TASKS_AT_ONCE; i++)
            rt_go(nothing, &done);
        rt_wait_group_wait(&done);
    }
    return print_cost("start a task and wait for its end", start_ns, REPEATS);
}

static void print_costs(void)
{
    rt_procs(1);
    printf("what things cost here, at procs=1\n");
    add_numbers();
    double sale_ns = look_at_sales();
    lock_and_unlock();
    hand_over();
    figure("task_in_sales", start_tasks() / sale_ns);
    printf("\n");
}

/* ---- Sales in chunks ------------------------------------------------------------------------- */

struct chunk {
    int64_t first, end;
    uint64_t sum;
    rt_wait_group *done;
    struct timeline_row *row; /* NULL: not drawn */
};

static void add_up(void *arg)
{
    struct chunk *chunk = arg;
    uint64_t sum = 0;

    for (int64_t sale = chunk->first; sale < chunk->end; sale++)
        sum += cents(sale);
    chunk->sum = sum;
    rt_wait_group_done(chunk->done);
}

static void add_up_and_draw(void *arg)
{
    struct chunk *chunk = arg;
    uint64_t sum = 0;

    timeline_run(chunk->row);
    for (int64_t sale = chunk->first; sale < chunk->end; sale++) {
        sum += cents(sale);
        if (sale % SALES_PER_TICK == SALES_PER_TICK - 1)
            timeline_tick(chunk->row);
    }
    timeline_end(chunk->row);
    chunk->sum = sum;
    rt_wait_group_done(chunk->done);
}

/* Draws how `count` tasks share the sales below `sales`; 0 tasks: a loop of the main task. */
static struct timeline *picture(int64_t sales, int count, const char *row_name)
{
    struct chunk chunks[8];
    rt_wait_group done = {0};
    struct timeline *timeline =
        timeline_new("%lld sales, %s, procs=%d", (long long)sales,
                     count == 0                ? "a loop"
                     : (int64_t)count == sales ? "a task for each"
                                               : "a half for each of two tasks",
                     rt_procs(0));
    struct timeline_row *main_row = timeline_row(timeline, "main");

    for (int i = 0; i < count; i++)
        chunks[i] = (struct chunk){sales * i / count, sales * (i + 1) / count, 0, &done,
                                   timeline_row(timeline, "%s %c", row_name, 'A' + i)};
    timeline_start(timeline);
    timeline_run(main_row);
    if (count == 0) {
        struct chunk all = {0, sales, 0, &done, main_row};
        rt_wait_group_add(&done, 1);
        add_up_and_draw(&all);
        return timeline;
    }
    rt_wait_group_add(&done, count);
    for (int i = 0; i < count; i++) {
        timeline_ready(chunks[i].row);
        rt_go(add_up_and_draw, &chunks[i]);
    }
    timeline_block(main_row, NULL);
    rt_wait_group_wait(&done);
    timeline_run(main_row);
    for (int i = 0; i < count; i++)
        use(chunks[i].sum);
    timeline_end(main_row);
    return timeline;
}

static void draw_and_free(struct timeline *timeline, int64_t span_ns)
{
    timeline_draw(timeline, stdout, span_ns);
    printf("\n");
    timeline_free(timeline);
}

/* The first round is for the caches, and is thrown away. */
static void draw_eight_sales(void)
{
    rt_procs(1);
    timeline_free(picture(8, 0, ""));
    timeline_free(picture(8, 8, "sale"));
    struct timeline *loop = picture(8, 0, ""), *tasks = picture(8, 8, "sale");
    draw_and_free(loop, timeline_span_ns(tasks));
    draw_and_free(tasks, 0);
}

static void draw_halves(int procs)
{
    rt_procs(1);
    struct timeline *loop = picture(SALES, 0, ""), *one = picture(SALES, 2, "half");
    rt_procs(procs);
    struct timeline *many = picture(SALES, 2, "half");
    int64_t span_ns = timeline_span_ns(loop);
    figure("halves_speedup_1", (double)span_ns / (double)timeline_span_ns(one));
    figure("halves_speedup", (double)span_ns / (double)timeline_span_ns(many));
    if (timeline_span_ns(one) > span_ns)
        span_ns = timeline_span_ns(one);
    draw_and_free(loop, span_ns);
    draw_and_free(one, span_ns);
    draw_and_free(many, span_ns);
}

/* ---- The table ------------------------------------------------------------------------------- */

static uint64_t sum_in_chunks(int64_t sales, int64_t size)
{
    static struct chunk batch[TASKS_AT_ONCE];
    rt_wait_group done = {0};
    uint64_t total = 0;

    for (int64_t first = 0; first < sales;) {
        int count = 0;
        for (; first < sales && count < TASKS_AT_ONCE; first += size, count++) {
            int64_t end = sales - first < size ? sales : first + size;
            batch[count] = (struct chunk){first, end, 0, &done, NULL};
            rt_wait_group_add(&done, 1);
            rt_go(add_up, &batch[count]);
        }
        rt_wait_group_wait(&done);
        for (int i = 0; i < count; i++)
            total += batch[i].sum;
    }
    return total;
}

static uint64_t sum_in_loop(int64_t sales)
{
    uint64_t total = 0;

    for (int64_t sale = 0; sale < sales; sale++)
        total += cents(sale);
    return total;
}

/* The better of two runs, since other programs can only make one slower. Size 0: a loop. */
static int64_t time_of(int procs, int64_t size)
{
    int64_t best_ns = 0;

    rt_procs(procs);
    for (int run = 0; run < 2; run++) {
        int64_t start_ns = rt_now();
        use(size == 0 ? sum_in_loop(SALES) : sum_in_chunks(SALES, size));
        int64_t took_ns = rt_now() - start_ns;
        if (run == 0 || took_ns < best_ns)
            best_ns = took_ns;
    }
    return best_ns;
}

static void print_table(int procs)
{
    static const int64_t sizes[] = {1, 10, 100, 1000, 10000, 100000, 1000000, SALES};
    int64_t loop_ns = time_of(1, 0);

    printf("two million sales in chunks, a task for each chunk; the loop takes %.1f ms\n",
           (double)loop_ns / RT_MS);
    printf("  %9s %8s %15s %8s", "chunk", "tasks", "procs=1", "of loop");
    printf(" %8s procs=%d %8s\n", "", procs, "of loop");
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        int64_t size = sizes[i];
        int64_t one_ns = time_of(1, size), many_ns = time_of(procs, size);
        printf("  %9lld %8lld %12.1f ms %7.2fx %13.1f ms %7.2fx\n", (long long)size,
               (long long)(SALES / size), (double)one_ns / RT_MS, (double)loop_ns / (double)one_ns,
               (double)many_ns / RT_MS, (double)loop_ns / (double)many_ns);
        if (size == 1) {
            figure("task_per_sale_1", (double)loop_ns / (double)one_ns);
            figure("task_per_sale", (double)loop_ns / (double)many_ns);
        }
    }
}

static void demo(void *arg)
{
    int procs = rt_procs(0);

    (void)arg;
    print_costs();
    draw_eight_sales();
    draw_halves(procs);
    print_table(procs);
}

int main(void)
{
    return rt_run(demo, NULL) == RT_OK ? 0 : 1;
}
