/* harness.c - the three stages of lesson 19, and a watch over how many are at work in each.
 *
 * Input: `stations`, how many; `wait_us`, how long a line takes; `work`, the cost of a transform in
 * thousands of steps; `readers`; and `workers`, where 0 means one for each proc.
 *
 * A limit that is exceeded is a line of the answer that says by how much. So that an excess shows
 * even on one proc, transform() lets other tasks run half-way: without that, a task would be through
 * before another one could begin. */
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "etl.h"
#include "exercise.h"

/* The main task, one that hands out numbers, two that close a channel, one that writes. */
#define OTHER_TASKS 5

/* Who writes and lets others run holds up all that wait for the table: so not in each write. */
#define WRITES_PER_YIELD 8

/* How many are inside of something now, and the most there ever were. */
struct watch {
    _Atomic(int) now, most;
};

static struct watch reads, transforms, writes, in_memory;

/* Set before the submission is called and only read afterwards. */
static int stations;
static int64_t wait_ns, steps, most_tasks;
static uint64_t night;

/* The table. Counted, so that rows which come twice or never show. */
static uint64_t *table;
static int *times_written;

/* The orders of the watches are relaxed: the counts matter, and nothing is read by way of them. The
 * main task reads the maxima after what the submission has waited for. */
static void enter(struct watch *watch)
{
    int now = atomic_fetch_add_explicit(&watch->now, 1, memory_order_relaxed) + 1;
    int most = atomic_load_explicit(&watch->most, memory_order_relaxed);

    while (now > most && !atomic_compare_exchange_weak_explicit(
                             &watch->most, &most, now, memory_order_relaxed, memory_order_relaxed))
        continue;
}

static void leave(struct watch *watch)
{
    atomic_fetch_sub_explicit(&watch->now, 1, memory_order_relaxed);
}

static uint64_t compute(uint64_t x, int64_t times)
{
    for (int64_t i = 0; i < times; i++)
        x = (x ^ (x >> 29)) * UINT64_C(0xbf58476d1ce4e5b9) + 1;
    return x;
}

struct record read_record(int station)
{
    struct record record = {station, night ^ (uint64_t)station * UINT64_C(0x9e3779b97f4a7c15)};

    enter(&in_memory); /* the room for it is taken before it comes */
    enter(&reads);
    limit_tasks(most_tasks);
    rt_sleep(wait_ns);
    leave(&reads);
    return record;
}

struct row transform(struct record record)
{
    struct row row = {.station = record.station};

    enter(&transforms);
    limit_tasks(most_tasks);
    row.weather = compute(record.report, steps / 2);
    rt_yield();
    row.weather = compute(row.weather, steps - steps / 2);
    leave(&transforms);
    return row;
}

void write_row(struct row row)
{
    enter(&writes);
    if (row.station >= 0 && row.station < stations) {
        table[row.station] = row.weather;
        if (row.station % WRITES_PER_YIELD == 0)
            rt_yield(); /* as in transform() */
        times_written[row.station]++;
    }
    leave(&writes);
    leave(&in_memory);
}

static void answer_limit(const char *what, struct watch *watch, int allowed)
{
    int most = atomic_load_explicit(&watch->most, memory_order_relaxed);

    if (most <= allowed)
        answer_line("%s: within the limit", what);
    else
        answer_line("%s: %d, and %d are allowed", what, most, allowed);
}

/* The table is never freed: the tasks of a wrong submission may still write when this ends. */
void harness(void)
{
    int readers = (int)input_get("readers"), workers = (int)input_get("workers");

    stations = (int)input_get("stations");
    table = calloc((size_t)stations, sizeof *table);
    times_written = calloc((size_t)stations, sizeof *times_written);
    if (table == NULL || times_written == NULL)
        exit(EXERCISE_EXIT_LESSON);
    if (workers == 0)
        workers = rt_procs(0);
    wait_ns = input_get("wait_us") * RT_US;
    steps = input_get("work") * 1000;
    most_tasks = readers + workers + OTHER_TASKS;
    night = input_random();

    run_pipeline(stations, readers, workers);

    answer_limit("reads at once", &reads, readers);
    answer_limit("transforms at once", &transforms, workers);
    answer_limit("writes at once", &writes, 1);
    answer_limit("records under way", &in_memory, 2 * (readers + workers));
    for (int i = 0; i < stations; i++)
        answer_line("station %2d: %016llx, written %d times", i, (unsigned long long)table[i],
                    times_written[i]);
}
