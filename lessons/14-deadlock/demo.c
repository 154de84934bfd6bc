/* demo.c - lesson 14: two baristas who wait for each other, what the runtime says about it, how
 * rarely it comes by itself; and five at a round table, drawn.
 *
 *   1. Two baristas need jug and machine, and take them in opposite orders. Each walks for 10 ms
 *      between the two, so they meet for certain. It ends in a deadlock, which ends the program: so
 *      each such run is a process of its own, and what it printed is shown.
 *   2. The same without the walk, many times: how many runs come to their end?
 *   3. Two tasks that send to each other before they receive: the same circle, with channels.
 *   4. Five baristas at a round table, with a tool between each two of them. Each needs the tools on
 *      both sides for 20 ms. With one lock for the table; with a lock for each tool, in order; and with
 *      both tools or none. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "figure.h"
#include "rt.h"
#include "timeline.h"

#define WALK_NS (10 * RT_MS)
#define STEAM_NS (20 * RT_MS)
#define QUICK_RUNS 300
#define SEATS 5

static rt_mutex jug, machine;
static rt_wait_group done;

/* ---- Two baristas ---------------------------------------------------------------------------- */

static int64_t walk_ns;

static void walk(void)
{
    if (walk_ns > 0)
        rt_sleep(walk_ns);
}

static void cappuccino(void *unused)
{
    (void)unused;
    rt_mutex_lock(&jug);
    walk();
    rt_mutex_lock(&machine);
    rt_mutex_unlock(&machine);
    rt_mutex_unlock(&jug);
    rt_wait_group_done(&done);
}

static void latte(void *unused)
{
    (void)unused;
    rt_mutex_lock(&machine);
    walk();
    rt_mutex_lock(&jug);
    rt_mutex_unlock(&jug);
    rt_mutex_unlock(&machine);
    rt_wait_group_done(&done);
}

static void two_baristas(void *unused)
{
    (void)unused;
    rt_wait_group_add(&done, 2);
    rt_go(cappuccino, NULL);
    rt_go(latte, NULL);
    rt_wait_group_wait(&done);
}

/* ---- Two channels ---------------------------------------------------------------------------- */

static rt_chan *orders, *questions;

static void kitchen(void *unused)
{
    int word = 1;

    (void)unused;
    rt_chan_send(questions, &word);
    rt_chan_recv(orders, &word);
}

static void counter(void *unused)
{
    int word = 2;

    (void)unused;
    orders = rt_chan_new(sizeof(int), 0);
    questions = rt_chan_new(sizeof(int), 0);
    rt_go(kitchen, NULL);
    rt_chan_send(orders, &word);
    rt_chan_recv(questions, &word);
}

/* ---- A process for each run ------------------------------------------------------------------ */

/* Runs the main task in a process of its own, which prints nothing or on standard output. Returns
 * its exit status. */
static int run_apart(void (*main_task)(void *), bool quiet)
{
    int status;

    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        if (quiet && freopen("/dev/null", "w", stderr) == NULL)
            _exit(1);
        if (!quiet)
            dup2(STDOUT_FILENO, STDERR_FILENO);
        _exit(rt_run(main_task, NULL) == RT_OK ? 0 : 1);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status)) {
        fprintf(stderr, "demo: cannot run a process\n");
        exit(1);
    }
    return WEXITSTATUS(status);
}

static void show_report(const char *title, void (*main_task)(void *))
{
    printf("%s:\n", title);
    int status = run_apart(main_task, false);
    printf("  exit status %d\n\n", status);
}

static int count_good_runs(void)
{
    int good = 0;

    for (int i = 0; i < QUICK_RUNS; i++)
        good += run_apart(two_baristas, true) == 0;
    return good;
}

/* ---- The round table ------------------------------------------------------------------------- */

enum way { ONE_LOCK, IN_ORDER, BOTH_OR_NONE };

static const char *const names[] = {"one lock for the table", "a lock for each tool, in order",
                                    "both tools or none"};

static struct table {
    enum way way;
    rt_mutex lock;         /* ONE_LOCK: held while steaming; BOTH_OR_NONE: guards `taken` */
    rt_mutex tools[SEATS]; /* IN_ORDER; tool i lies between the seats i - 1 and i */
    bool taken[SEATS];     /* BOTH_OR_NONE */
    rt_cond put_back;
} table;

struct barista {
    int low, high; /* the numbers of her tools */
    struct timeline_row *row;
};

static void steam(struct barista *barista)
{
    timeline_run(barista->row);
    timeline_wait(barista->row, "steam");
    rt_sleep(STEAM_NS);
    timeline_run(barista->row);
}

static void steam_under(rt_mutex *lock, struct barista *barista)
{
    rt_mutex_lock(lock);
    steam(barista);
    rt_mutex_unlock(lock);
}

/* Waits for the one lock with the other one in her hand. */
static void steam_in_order(struct barista *barista)
{
    rt_mutex_lock(&table.tools[barista->low]);
    steam_under(&table.tools[barista->high], barista);
    rt_mutex_unlock(&table.tools[barista->low]);
}

static void set_taken(struct barista *barista, bool taken)
{
    table.taken[barista->low] = table.taken[barista->high] = taken;
}

/* Waits with nothing in her hand: the condition gives the lock back meanwhile. */
static void steam_with_both(struct barista *barista)
{
    rt_mutex_lock(&table.lock);
    while (table.taken[barista->low] || table.taken[barista->high])
        rt_cond_wait(&table.put_back, &table.lock);
    set_taken(barista, true);
    rt_mutex_unlock(&table.lock);
    steam(barista);
    rt_mutex_lock(&table.lock);
    set_taken(barista, false);
    rt_cond_broadcast(&table.put_back);
    rt_mutex_unlock(&table.lock);
}

static void sit(void *arg)
{
    struct barista *barista = arg;

    timeline_run(barista->row);
    timeline_block(barista->row, NULL);
    if (table.way == ONE_LOCK)
        steam_under(&table.lock, barista);
    else if (table.way == IN_ORDER)
        steam_in_order(barista);
    else
        steam_with_both(barista);
    timeline_end(barista->row);
    rt_wait_group_done(&done);
}

static struct timeline *picture(enum way way)
{
    struct barista baristas[SEATS];
    struct timeline *timeline = timeline_new("five at a table, %s, procs=1", names[way]);

    table.way = way;
    rt_wait_group_add(&done, SEATS);
    for (int i = 0; i < SEATS; i++) {
        int next = (i + 1) % SEATS;
        baristas[i] = (struct barista){i < next ? i : next, i < next ? next : i,
                                       timeline_row(timeline, "barista %d", i + 1)};
        rt_go(sit, &baristas[i]);
    }
    rt_wait_group_wait(&done);
    return timeline;
}

static double draw(enum way way)
{
    struct timeline *timeline = picture(way);
    double span_ms = (double)timeline_span_ns(timeline) / RT_MS;

    timeline_draw(timeline, stdout, SEATS * STEAM_NS + STEAM_NS / 4);
    printf("\n");
    timeline_free(timeline);
    return span_ms;
}

static void draw_table(void *unused)
{
    (void)unused;
    rt_procs(1);
    figure("one_lock_ms", draw(ONE_LOCK));
    figure("in_order_ms", draw(IN_ORDER));
    figure("both_or_none_ms", draw(BOTH_OR_NONE));
}

int main(void)
{
    walk_ns = WALK_NS;
    show_report("opposite orders, with a walk of 10 ms in between", two_baristas);
    walk_ns = 0;
    int good = count_good_runs();
    printf("the same without the walk: %d of %d runs come to their end\n\n", good, QUICK_RUNS);
    figure("good_runs_of_300", good);
    show_report("each sends to the other one first", counter);
    return rt_run(draw_table, NULL) == RT_OK ? 0 : 1;
}
