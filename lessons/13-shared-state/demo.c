/* demo.c - lesson 13: the last cake is sold twice, drawn; and how rarely a lost addition shows.
 *
 *   1. Two tills and one cake, at procs=1. Each looks whether there is one, walks to the shelf, and
 *      takes it. First without a lock, then with one: two pictures on one scale.
 *   2. Two tasks add to one count, a few times or many times each, in many runs: in how many is the
 *      count wrong, at procs=1 and on all procs?
 *
 * Both go wrong on purpose. What is shared is atomic here, and all accesses are relaxed: so the
 * demo loses what a plain variable would lose, and is a defined program still. A plain variable in
 * its place would be a data race, and then C promises nothing at all. */
#include <stdatomic.h>
#include <stdio.h>

#include "figure.h"
#include "rt.h"
#include "timeline.h"

#define WALK_NS (20 * RT_MS)
#define TILLS 2

/* ---- The last cake --------------------------------------------------------------------------- */

static struct shop {
    bool with_lock;
    rt_mutex lock;
    _Atomic(int) shelf; /* cakes */
    _Atomic(int) sold;
    rt_wait_group tills;
} shop;

static void sell_one(struct timeline_row *row)
{
    timeline_mark(row, 'l');
    if (atomic_load_explicit(&shop.shelf, memory_order_relaxed) < 1)
        return;
    timeline_wait(row, "to the shelf");
    rt_sleep(WALK_NS);
    timeline_run(row);
    timeline_mark(row, 't');
    atomic_fetch_sub_explicit(&shop.shelf, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&shop.sold, 1, memory_order_relaxed);
}

static void till(void *arg)
{
    struct timeline_row *row = arg;

    timeline_run(row);
    if (shop.with_lock) {
        timeline_block(row, "lock");
        rt_mutex_lock(&shop.lock);
        timeline_run(row);
    }
    sell_one(row);
    if (shop.with_lock)
        rt_mutex_unlock(&shop.lock);
    timeline_end(row);
    rt_wait_group_done(&shop.tills);
}

static struct timeline *picture(bool with_lock)
{
    struct timeline *timeline =
        timeline_new("the last cake, %s lock, procs=1", with_lock ? "with a" : "without a");

    shop.with_lock = with_lock;
    atomic_store_explicit(&shop.shelf, 1, memory_order_relaxed);
    atomic_store_explicit(&shop.sold, 0, memory_order_relaxed);
    rt_wait_group_add(&shop.tills, TILLS);
    for (int i = 0; i < TILLS; i++) {
        struct timeline_row *row = timeline_row(timeline, "till %d", i + 1);
        timeline_ready(row);
        rt_go(till, row);
    }
    rt_wait_group_wait(&shop.tills);
    return timeline;
}

static int draw_last_cake(bool with_lock, int64_t span_ns)
{
    struct timeline *timeline = picture(with_lock);
    int sold = atomic_load_explicit(&shop.sold, memory_order_relaxed);

    timeline_draw(timeline, stdout, span_ns);
    printf("  sold: %d, left on the shelf: %d\n\n", sold,
           atomic_load_explicit(&shop.shelf, memory_order_relaxed));
    timeline_free(timeline);
    return sold;
}

/* ---- The count ------------------------------------------------------------------------------- */

static struct tally {
    int64_t rounds;
    _Atomic(int64_t) count;
    rt_wait_group tasks;
} tally;

/* What `count++` is: a load, an addition, a store. */
static void add_one(void)
{
    int64_t seen = atomic_load_explicit(&tally.count, memory_order_relaxed);

    atomic_store_explicit(&tally.count, seen + 1, memory_order_relaxed);
}

static void add_many(void *unused)
{
    (void)unused;
    for (int64_t i = 0; i < tally.rounds; i++)
        add_one();
    rt_wait_group_done(&tally.tasks);
}

/* The additions that two tasks lose in one run. */
static int64_t lost_in_a_run(int64_t rounds)
{
    tally.rounds = rounds;
    atomic_store_explicit(&tally.count, 0, memory_order_relaxed);
    rt_wait_group_add(&tally.tasks, 2);
    rt_go(add_many, NULL);
    rt_go(add_many, NULL);
    rt_wait_group_wait(&tally.tasks);
    return 2 * rounds - atomic_load_explicit(&tally.count, memory_order_relaxed);
}

static int wrong_runs(int procs, int64_t rounds, int runs, int64_t *lost)
{
    int wrong = 0;

    rt_procs(procs);
    *lost = 0;
    for (int i = 0; i < runs; i++) {
        int64_t lost_now = lost_in_a_run(rounds);
        wrong += lost_now > 0;
        *lost += lost_now;
    }
    return wrong;
}

/* Returns how many runs of the last row were wrong on all procs. */
static int print_table(int procs)
{
    static const struct {
        int64_t rounds;
        int runs;
    } rows[] = {{10, 1000}, {1000, 1000}, {100000, 200}, {30000000, 10}};
    int at_many = 0;

    printf("two tasks add 1 to the same count, without a lock\n");
    printf("  %9s %6s   wrong at procs=1   wrong at procs=%d   lost there\n", "each", "runs",
           procs);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t lost;
        int at_one = wrong_runs(1, rows[i].rounds, rows[i].runs, &lost);
        at_many = wrong_runs(procs, rows[i].rounds, rows[i].runs, &lost);
        double additions = 2.0 * (double)rows[i].rounds * rows[i].runs;
        printf("  %9lld %6d %18d %18d %10.1f %%\n", (long long)rows[i].rounds, rows[i].runs, at_one,
               at_many, 100 * (double)lost / additions);
    }
    return at_many;
}

static void demo(void *arg)
{
    int procs = rt_procs(0);

    (void)arg;
    rt_procs(1);
    int64_t span_ns = WALK_NS + WALK_NS / 4;
    figure("sold_without_lock", draw_last_cake(false, span_ns));
    figure("sold_with_lock", draw_last_cake(true, span_ns));
    figure("wrong_of_10_long", print_table(procs));
}

int main(void)
{
    return rt_run(demo, NULL) == RT_OK ? 0 : 1;
}
