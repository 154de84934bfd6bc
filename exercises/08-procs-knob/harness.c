/* harness.c - has the submission of lesson 08 measure, and looks at how it does that.
 *
 * Input: `beans`; `work`, the cost of a bean in thousands of steps; `trio`: 1 for all of benchmark(), 0
 * for heat_all() alone, whose shape is measured; `procs`, what benchmark() is asked for, 0 for any.
 *
 * The times that a submission reports differ from run to run, so they are no answer. But each bean
 * says who computes it, and when. From that follows how many tasks and procs each of the three
 * measurements had, and between which bounds its time must lie: no shorter than from its first bean to
 * its last one, and no longer than the gap between the measurements around it. */
#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "exercise.h"
#include "trio.h"

/* The knob is somewhere in here before benchmark(), and shall be there again. */
#define KNOB_MOST 6

/* One call of heat(). */
struct call {
    uint64_t task;
    int procs;
    int64_t begin_ns, end_ns;
};

/* The three measurements. */
#define KINDS 3
static const char *const kinds[KINDS] = {"sequential", "concurrent", "parallel"};

/* Set before the submission is called and only read afterwards. */
static int beans;
static int64_t steps;
static uint64_t roast; /* which of the 2^64 roasts */

/* A call writes to its own element only. Relaxed: the number of a call tells of nothing but itself. */
static struct call *calls;
static int calls_most;
static _Atomic(int) calls_count;

uint64_t heat(int bean)
{
    int number = atomic_fetch_add_explicit(&calls_count, 1, memory_order_relaxed);
    struct call unrecorded, *call = number < calls_most ? &calls[number] : &unrecorded;
    uint64_t x = roast ^ (uint64_t)bean;

    *call = (struct call){rt_task_id(), rt_procs(0), rt_now(), 0};
    for (int64_t i = 0; i < steps; i++)
        x = (x ^ (x >> 29)) * UINT64_C(0xbf58476d1ce4e5b9) + 1;
    call->end_ns = rt_now();
    return bean >= 0 && bean < beans ? x : 1;
}

/* How many tasks computed the beans of a measurement, and when they did. */
struct record {
    int tasks, procs; /* procs: -1 if it changed on the way */
    bool main_only;
    int64_t begin_ns, end_ns;
};

static struct record record_of(const struct call *first)
{
    struct record record = {0, first->procs, true, first->begin_ns, first->end_ns};

    for (int i = 0; i < beans; i++) {
        bool seen = false;
        for (int j = 0; j < i; j++)
            seen = seen || first[j].task == first[i].task;
        record.tasks += !seen;
        record.main_only = record.main_only && first[i].task == rt_task_id();
        if (first[i].procs != record.procs)
            record.procs = -1;
        if (first[i].begin_ns < record.begin_ns)
            record.begin_ns = first[i].begin_ns;
        if (first[i].end_ns > record.end_ns)
            record.end_ns = first[i].end_ns;
    }
    return record;
}

static const char *judge_time(int64_t took_ns, int64_t least_ns, int64_t most_ns)
{
    if (took_ns < least_ns)
        return "shorter than computing the beans took";
    if (took_ns > most_ns)
        return "longer: it holds more than this measurement";
    return "right";
}

static void answer_trio(const struct trio *trio, int64_t begin_ns, int64_t end_ns)
{
    const struct measured *measured[KINDS] = {&trio->sequential, &trio->concurrent,
                                              &trio->parallel};
    struct record records[KINDS];

    for (int i = 0; i < KINDS; i++)
        records[i] = record_of(&calls[i * beans]);
    for (int i = 0; i < KINDS; i++) {
        int64_t earliest_ns = i > 0 ? records[i - 1].end_ns : begin_ns;
        int64_t latest_ns = i < KINDS - 1 ? records[i + 1].begin_ns : end_ns;

        answer_line("%s: sum %016" PRIx64, kinds[i], measured[i]->sum);
        if (i == 0)
            answer_line("  computed by %s", records[i].main_only ? "the calling task" : "others");
        else
            answer_line("  computed by %d tasks, procs=%d", records[i].tasks, records[i].procs);
        answer_line("  its time is %s",
                    judge_time(measured[i]->took_ns, records[i].end_ns - records[i].begin_ns,
                               latest_ns - earliest_ns));
    }
}

/* The records are never freed: the tasks of a wrong submission may still use them when this ends. */
void harness(void)
{
    struct trio trio = {0};

    beans = (int)input_get("beans");
    steps = 1000 * input_get("work");
    roast = input_random();
    calls_most = KINDS * beans;
    calls = calloc((size_t)calls_most, sizeof *calls);
    if (calls == NULL)
        exit(EXERCISE_EXIT_LESSON);
    if (input_get("trio") == 0) {
        answer_line("heat of %d beans: %016" PRIx64, beans, heat_all(beans));
        return;
    }

    int procs = (int)input_get("procs");
    if (procs == 0)
        procs = (int)input_random_between(2, KNOB_MOST);
    /* Somewhere else, and not at 1: where the knob was left must show. */
    int before = 2 + (procs - 2 + (int)input_random_between(1, KNOB_MOST - 2)) % (KNOB_MOST - 1);
    rt_procs(before);
    int64_t begin_ns = rt_now();
    benchmark(beans, procs, &trio);
    int64_t end_ns = rt_now();

    answer_line("%d beans, %d calls of heat()", beans,
                atomic_load_explicit(&calls_count, memory_order_relaxed));
    answer_trio(&trio, begin_ns, end_ns);
    answer_line("procs before: %d, asked for: %d, afterwards: %d", before, procs, rt_procs(0));
}
