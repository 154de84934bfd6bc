/* demo.c - lesson 15: what it costs to count when others count, too; and readers who let each other
 * in.
 *
 *   1. A task for each proc counts, in five ways: what one count takes, at procs=1 and on all
 *      procs. The ways differ in what the tasks share: a lock, a number, only a line of memory, or
 *      nothing.
 *   2. Four guests read the price list and the owner changes it, drawn: once with a mutex, once
 *      with a readers-writer lock.
 *
 * The counts of the tasks themselves are atomic and relaxed, and written by load and store: each of
 * them has one writer, and the compiler can't keep them in a register. */
#include <stdatomic.h>
#include <stdio.h>

#include "figure.h"
#include "rt.h"
#include "timeline.h"

#define LINE 64
#define COUNTS 200000 /* of each task in a round: some 0.1 to 1 ms */
#define LOCKED_COUNTS 20000
#define MEETINGS 100
#define GOOD_ROUNDS 5
#define ROUNDS_MOST 100
#define PATIENCE_NS                                                                                \
    RT_SECOND /* with a busy machine; on a quiet one the rounds take some milliseconds */

/* ---- Counting -------------------------------------------------------------------------------- */

enum way { ONE_LOCK, ONE_NUMBER, LOCK_EACH, SIDE_BY_SIDE, APART, WAYS };

static const char *const names[] = {"one lock, one number", "one atomic number",
                                    "a lock and number each, apart", "a number each, side by side",
                                    "a number each, a line apart"};

struct apart {
    _Alignas(LINE) _Atomic(int64_t) number;
    rt_mutex lock;
    int64_t start_ns, end_ns; /* of this round */
};

static enum way way;
static int counts; /* of each task */
static int tasks;
static _Atomic(int) arrivals; /* of tasks at meetings; acquire and release */
static rt_mutex lock;
static _Alignas(LINE) _Atomic(int64_t) number;
static _Alignas(LINE) _Atomic(int64_t) numbers[RT_MAX_PROCS]; /* side by side */
static struct apart cells[RT_MAX_PROCS];
static rt_wait_group done;

static void add_one(_Atomic(int64_t) *to)
{
    int64_t before = atomic_load_explicit(to, memory_order_relaxed);

    atomic_store_explicit(to, before + 1, memory_order_relaxed);
}

static void add_under(rt_mutex *guard, _Atomic(int64_t) *to)
{
    rt_mutex_lock(guard);
    add_one(to);
    rt_mutex_unlock(guard);
}

static void count_all(struct apart *own, int me)
{
    for (int i = 0; i < counts; i++) {
        switch (way) {
        case ONE_LOCK:
            add_under(&lock, &number);
            break;
        case ONE_NUMBER:
            atomic_fetch_add_explicit(&number, 1, memory_order_relaxed);
            break;
        case LOCK_EACH:
            add_under(&own->lock, &own->number);
            break;
        case SIDE_BY_SIDE:
            add_one(&numbers[me]);
            break;
        default:
            add_one(&own->number);
        }
    }
}

/* Spins until all tasks have come here, and that a hundred times over: whoever passes the last of
 * these meetings has just seen all others run. Else the first would be done before the last has
 * begun, and nobody would have been in anybody's way. */
static void meet_the_others(void)
{
    for (int meeting = 1; meeting <= MEETINGS; meeting++) {
        atomic_fetch_add_explicit(&arrivals, 1, memory_order_acq_rel);
        while (atomic_load_explicit(&arrivals, memory_order_acquire) < meeting * tasks)
            continue;
    }
}

static void count(void *arg)
{
    struct apart *own = arg;

    meet_the_others();
    own->start_ns = rt_now();
    count_all(own, (int)(own - cells));
    own->end_ns = rt_now();
    rt_wait_group_done(&done);
}

static void run_round(int procs)
{
    tasks = procs;
    atomic_store_explicit(&arrivals, 0, memory_order_release);
    rt_wait_group_add(&done, procs);
    for (int i = 0; i < procs; i++)
        rt_go(count, &cells[i]);
    rt_wait_group_wait(&done);
}

/* How long a round took; -1 if the tasks did not count at the same time for nearly all of it. That
 * happens where there are fewer CPUs than procs, or other programs need them: the tasks then take
 * turns, and nobody is in anybody's way. */
static int64_t round_ns(int procs)
{
    int64_t first_start = INT64_MAX, last_start = 0, first_end = INT64_MAX, last_end = 0;

    run_round(procs);
    for (int i = 0; i < procs; i++) {
        int64_t start = cells[i].start_ns, end = cells[i].end_ns;
        first_start = start < first_start ? start : first_start;
        last_start = start > last_start ? start : last_start;
        first_end = end < first_end ? end : first_end;
        last_end = end > last_end ? end : last_end;
    }
    int64_t all = last_end - first_start, together = first_end - last_start;
    return together * 10 > all * 8 ? all : -1;
}

/* What a count takes when a task on each of `procs` procs counts at the same time: the best of some
 * rounds. 0 if there was no such round. With fewer CPUs than procs there is none, and to meet the
 * others would take minutes: whoever spins has the CPU that the others need. */
static double ns_for_each(enum way this_way, int procs)
{
    int64_t best_ns = 0, until_ns = rt_now() + PATIENCE_NS;

    if (procs > rt_num_cpu())
        return 0;
    rt_procs(procs);
    way = this_way;
    counts = way <= LOCK_EACH ? LOCKED_COUNTS : COUNTS;
    for (int i = 0, good = 0; i < ROUNDS_MOST && good < GOOD_ROUNDS && rt_now() < until_ns; i++) {
        int64_t took_ns = round_ns(procs);
        good += took_ns > 0;
        if (took_ns > 0 && (best_ns == 0 || took_ns < best_ns))
            best_ns = took_ns;
    }
    return (double)best_ns / counts;
}

static void print_ns(double ns)
{
    if (ns > 0)
        printf(" %7.1f ns", ns);
    else
        printf(" %10s", "-");
}

static void print_table(int procs)
{
    double many[WAYS];

    printf("a task for each proc counts, in a tight loop: the time for each count\n");
    printf("  %-30s %10s %8s=%d\n", "", "procs=1", "procs", procs);
    for (enum way w = ONE_LOCK; w < WAYS; w++) {
        many[w] = ns_for_each(w, procs);
        printf("  %-30s", names[w]);
        print_ns(ns_for_each(w, 1));
        print_ns(many[w]);
        printf("\n");
    }
    if (many[APART] == 0 || many[SIDE_BY_SIDE] == 0 || many[ONE_LOCK] == 0) {
        printf("  (-: the tasks never counted at the same time; is there a CPU for each?)\n\n");
        return;
    }
    printf("  side by side takes %.1f times as long as a line apart, at procs=%d\n\n",
           many[SIDE_BY_SIDE] / many[APART], procs);
    figure("one_lock_times", many[ONE_LOCK] / many[APART]);
    figure("side_by_side_times", many[SIDE_BY_SIDE] / many[APART]);
}

/* ---- The price list -------------------------------------------------------------------------- */

#define GUESTS 5 /* the third one is the owner, who writes */
#define OWNER 2
#define LOOK_NS (20 * RT_MS)

static bool readers_together;
static rt_mutex list_mutex;
static rt_rwmutex list_rwmutex;

struct guest {
    bool writes;
    struct timeline_row *row;
};

static void look(struct guest *guest)
{
    timeline_run(guest->row);
    timeline_wait(guest->row, guest->writes ? "writes" : "reads");
    rt_sleep(LOOK_NS);
    timeline_run(guest->row);
    timeline_end(guest->row);
}

static void visit(void *arg)
{
    struct guest *guest = arg;

    timeline_block(guest->row, NULL);
    if (!readers_together) {
        rt_mutex_lock(&list_mutex);
        look(guest);
        rt_mutex_unlock(&list_mutex);
    } else if (guest->writes) {
        rt_rwmutex_write_lock(&list_rwmutex);
        look(guest);
        rt_rwmutex_write_unlock(&list_rwmutex);
    } else {
        rt_rwmutex_read_lock(&list_rwmutex);
        look(guest);
        rt_rwmutex_read_unlock(&list_rwmutex);
    }
    rt_wait_group_done(&done);
}

/* The guests come in the order of their rows: each gets a turn before the next one is started. */
static double draw(bool together)
{
    struct guest guests[GUESTS];
    struct timeline *timeline =
        timeline_new("the price list, %s, procs=1", together ? "a readers-writer lock" : "a mutex");

    readers_together = together;
    rt_wait_group_add(&done, GUESTS);
    for (int i = 0; i < GUESTS; i++) {
        guests[i] =
            (struct guest){i == OWNER, timeline_row(timeline, i == OWNER ? "owner" : "guest")};
        rt_go(visit, &guests[i]);
        rt_yield();
    }
    rt_wait_group_wait(&done);
    double span_ms = (double)timeline_span_ns(timeline) / RT_MS;
    timeline_draw(timeline, stdout, GUESTS * LOOK_NS + LOOK_NS / 4);
    timeline_free(timeline);
    return span_ms;
}

static void demo(void *arg)
{
    (void)arg;
    print_table(rt_procs(0));
    rt_procs(1);
    figure("mutex_ms", draw(false));
    printf("\n");
    figure("readers_writer_ms", draw(true));
}

int main(void)
{
    return rt_run(demo, NULL) == RT_OK ? 0 : 1;
}
