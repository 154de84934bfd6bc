/* demo.c - lesson 16: tasks that belong together, end together, and are canceled together. procs is 1.
 *
 *   1. four baristas search the bar for a lost umbrella; one finds it soon. The others search on, or hear of it.
 *   2. a limit of 50 ms that reaches every kind of wait, also in tasks that were started by tasks;
 *   3. a task that computes, and one that computes and asks rt_canceled() now and then.
 *
 * In the pictures x is the moment when a task learns that it is canceled, and F the one when it is found. */
#include <stdatomic.h>
#include <stdio.h>

#include "figure.h"
#include "rt.h"
#include "timeline.h"

#define BARISTAS 4
#define SOON_NS (20 * RT_MS)
#define LATE_NS (100 * RT_MS)
#define LIMIT_NS (50 * RT_MS)
#define STUBBORN_NS (120 * RT_MS)

/* Between two looks at the clock; some 10 us. */
#define STEPS_PER_TICK 5000

/* Results end here, so that the compiler cannot leave the work out. Relaxed: nobody reads it. */
static _Atomic(uint64_t) sink;

/* ---- The first who finds it ------------------------------------------------------------------ */

struct barista {
    struct timeline_row *row;
    int64_t takes_ns;
    bool finds, tells;
    rt_group *group;
};

static void search(void *arg)
{
    struct barista *barista = arg;

    timeline_wait(barista->row, "searches");
    int status = rt_sleep(barista->takes_ns);
    timeline_run(barista->row);
    if (status == RT_ECANCELED)
        timeline_mark(barista->row, 'x');
    else if (barista->finds)
        timeline_mark(barista->row, 'F');
    if (status == RT_OK && barista->finds && barista->tells)
        rt_group_cancel(barista->group);
    timeline_end(barista->row);
}

/* Returns how long it took. */
static int64_t search_all(const char *title, bool tells, int64_t span_ns)
{
    struct timeline *timeline = timeline_new("%s", title);
    rt_group *group = rt_group_new(RT_FOREVER);
    struct barista baristas[BARISTAS];

    for (int i = 0; i < BARISTAS; i++) {
        bool finds = i == 2;
        baristas[i] = (struct barista){timeline_row(timeline, "barista %d", i + 1),
                                       finds ? SOON_NS : LATE_NS, finds, tells, group};
    }
    for (int i = 0; i < BARISTAS; i++)
        rt_group_go(group, search, &baristas[i]);
    rt_group_wait(group);
    rt_group_free(group);
    int64_t took_ns = timeline_span_ns(timeline);
    timeline_draw(timeline, stdout, span_ns);
    timeline_free(timeline);
    printf("\n");
    return took_ns;
}

/* ---- A limit that reaches everybody ---------------------------------------------------------- */

struct cellar {
    struct timeline_row *stairs, *key, *manager, *helper;
    rt_mutex lock; /* nobody gives it back */
    rt_chan *call; /* nobody answers */
};

static void mark_end(struct timeline_row *row, int status)
{
    timeline_run(row);
    if (status == RT_ECANCELED)
        timeline_mark(row, 'x');
    timeline_end(row);
}

static void walk(void *arg)
{
    struct cellar *cellar = arg;

    timeline_wait(cellar->stairs, "sleep");
    mark_end(cellar->stairs, rt_sleep(LATE_NS));
}

static void get_key(void *arg)
{
    struct cellar *cellar = arg;

    timeline_block(cellar->key, "lock");
    mark_end(cellar->key, rt_mutex_lock(&cellar->lock));
}

static void help(void *arg)
{
    struct cellar *cellar = arg;

    timeline_block(cellar->helper, "send");
    mark_end(cellar->helper, rt_chan_send(cellar->call, NULL));
}

/* Has a group of its own inside the group: canceled with it. */
static void ask_manager(void *arg)
{
    struct cellar *cellar = arg;
    rt_group *group = rt_group_new(RT_FOREVER);

    rt_group_go(group, help, cellar);
    timeline_block(cellar->manager, "wait for the helper");
    rt_group_wait(group);
    mark_end(cellar->manager, rt_canceled() ? RT_ECANCELED : RT_OK);
    rt_group_free(group);
}

static void reach_everybody(void)
{
    struct timeline *timeline = timeline_new("a group with a limit of 50 ms");
    struct cellar cellar = {
        .stairs = timeline_row(timeline, "stairs"),
        .key = timeline_row(timeline, "key"),
        .manager = timeline_row(timeline, "manager"),
        .helper = timeline_row(timeline, "helper"),
        .call = rt_chan_new(0, 0),
    };
    void (*const work[])(void *) = {walk, get_key, ask_manager};

    rt_mutex_lock(&cellar.lock);
    rt_group *group = rt_group_new(LIMIT_NS);
    for (int i = 0; i < 3; i++)
        rt_group_go(group, work[i], &cellar);
    int status = rt_group_wait(group);
    rt_group_free(group);
    figure("limit_ms", (double)timeline_span_ns(timeline) / RT_MS);
    timeline_draw(timeline, stdout, 0);
    printf("  rt_group_wait: %s\n\n", rt_strerror(status));
    timeline_free(timeline);
    rt_mutex_unlock(&cellar.lock);
    rt_chan_free(cellar.call);
}

/* ---- Who computes has to ask ----------------------------------------------------------------- */

struct counting {
    struct timeline_row *row;
    bool asks;
};

static void count(void *arg)
{
    struct counting *counting = arg;
    int64_t until_ns = rt_now() + STUBBORN_NS;
    uint64_t x = 1;

    timeline_run(counting->row);
    while (rt_now() < until_ns && !(counting->asks && rt_canceled())) {
        for (int i = 0; i < STEPS_PER_TICK; i++)
            x = (x ^ (x >> 29)) * UINT64_C(0xbf58476d1ce4e5b9) + 1;
        timeline_tick(counting->row);
    }
    atomic_fetch_xor_explicit(&sink, x, memory_order_relaxed);
    mark_end(counting->row, rt_canceled() ? RT_ECANCELED : RT_OK);
}

/* Counts the beans under a limit of 50 ms. Returns how long it took. */
static int64_t count_beans(const char *title, bool asks, int64_t span_ns)
{
    struct timeline *timeline = timeline_new("%s", title);
    struct counting counting = {timeline_row(timeline, "counts"), asks};
    rt_group *group = rt_group_new(LIMIT_NS);

    rt_group_go(group, count, &counting);
    rt_group_wait(group);
    rt_group_free(group);
    int64_t took_ns = timeline_span_ns(timeline);
    timeline_draw(timeline, stdout, span_ns);
    timeline_free(timeline);
    printf("\n");
    return took_ns;
}

static void main_task(void *arg)
{
    (void)arg;
    int64_t all_ns = search_all("one finds it and tells nobody", false, 0);
    int64_t first_ns = search_all("one finds it and cancels the group", true, all_ns);
    reach_everybody();
    int64_t deaf_ns = count_beans("a limit of 50 ms, computing", false, 0);
    count_beans("a limit of 50 ms, computing and asking", true, deaf_ns);

    figure("tells_nobody_ms", (double)all_ns / RT_MS);
    figure("cancels_ms", (double)first_ns / RT_MS);
    figure("computes_ms", (double)deaf_ns / RT_MS);
}

int main(void)
{
    rt_procs(1);
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
