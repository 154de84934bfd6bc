/* demo.c - lesson 08: what the number of procs changes, and what it does not.
 *
 *   1. how many CPUs there are, and where the knob stands, and why;
 *   2. four heavy tasks, drawn at procs=1 and on all CPUs;
 *   3. the trio - sequential, concurrent at procs=1, parallel - of five programs: a table;
 *   4. the knob from 1 to 100, for tasks that compute and for tasks that talk: a table.
 *
 * The sizes are a thirtieth or less of what one would use to impress somebody: a run takes some
 * milliseconds, and the best of many counts, since other programs can only make one slower. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "figure.h"
#include "rt.h"
#include "timeline.h"

/* Runs of which the best counts. */
#define RUNS 15

/* Far more than any machine of a learner has CPUs. */
#define MANY_PROCS 100

static int cpus;

/* ---- Work ------------------------------------------------------------------------------------ */

/* Results end here, so that the compiler cannot leave the work out. */
static volatile uint64_t sink;

/* Additions one after the other; the empty assembly keeps them from becoming one multiplication. */
static uint64_t add(int64_t additions)
{
    uint64_t sum = 0;

    for (int64_t i = 0; i < additions; i++) {
        sum += (uint64_t)i;
        __asm__ volatile("" : "+r"(sum));
    }
    return sum;
}

static void add_three_million(int part)
{
    (void)part;
    sink = add(3000000);
}

static void add_a_little(int part)
{
    (void)part;
    sink = add(100000);
}

static int fibonacci(int n)
{
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

static void compute_fibonacci(int part)
{
    (void)part;
    sink = (uint64_t)fibonacci(28);
}

/* A number takes a few nanoseconds, as in a real sum over records. */
static void sum_half(int half)
{
    const int64_t half_size = 1000000;
    uint64_t sum = 0;

    for (int64_t i = half * half_size; i < (half + 1) * half_size; i++) {
        uint64_t x = (uint64_t)i * UINT64_C(0xbf58476d1ce4e5b9);
        sum += (x ^ (x >> 31)) * UINT64_C(0x94d049bb133111eb) >> 40;
    }
    sink = sum;
}

static void download(int part)
{
    (void)part;
    rt_sleep(2 * RT_MS);
}

/* ---- Tasks that do it ------------------------------------------------------------------------ */

/* One program: `parts` independent calls of `work`. */
struct program {
    const char *name;
    void (*work)(int part);
    int parts;
};

#define PARTS_MAX 200

struct part {
    const struct program *program;
    int number;
    rt_wait_group *done;
};

static void do_part(void *arg)
{
    struct part *part = arg;

    part->program->work(part->number);
    rt_wait_group_done(part->done);
}

static void run_in_turn(const struct program *program)
{
    for (int i = 0; i < program->parts; i++)
        program->work(i);
}

static void run_at_once(const struct program *program)
{
    struct part parts[PARTS_MAX];
    rt_wait_group done = {0};

    rt_wait_group_add(&done, program->parts);
    for (int i = 0; i < program->parts; i++) {
        parts[i] = (struct part){program, i, &done};
        rt_go(do_part, &parts[i]);
    }
    rt_wait_group_wait(&done);
}

/* In milliseconds. Leaves the knob where it was. */
static double time_at(int procs, void (*run)(const struct program *), const struct program *program)
{
    int before = rt_procs(procs);
    int64_t best_ns = INT64_MAX;

    for (int i = 0; i < RUNS; i++) {
        int64_t start_ns = rt_now();
        run(program);
        int64_t took_ns = rt_now() - start_ns;
        if (took_ns < best_ns)
            best_ns = took_ns;
    }
    rt_procs(before);
    return (double)best_ns / RT_MS;
}

/* ---- The trio -------------------------------------------------------------------------------- */

static const struct program additions = {"8 tasks, 3 M additions", add_three_million, 8};

/* How many times as fast as a plain loop tasks are. */
struct gains {
    double concurrent, parallel;
};

static struct gains print_trio(const struct program *program)
{
    double sequential_ms = time_at(1, run_in_turn, program);
    double concurrent_ms = time_at(1, run_at_once, program);
    double parallel_ms = time_at(cpus, run_at_once, program);
    struct gains gains = {sequential_ms / concurrent_ms, sequential_ms / parallel_ms};

    printf("  %-24s %8.1f ms %8.1f ms %5.2fx %8.1f ms %5.2fx\n", program->name, sequential_ms,
           concurrent_ms, gains.concurrent, parallel_ms, gains.parallel);
    return gains;
}

static void print_trios(void)
{
    static const struct program fibonaccis = {"3 tasks, fibonacci(28)", compute_fibonacci, 3};
    static const struct program halves = {"2 tasks, half a sum each", sum_half, 2};
    static const struct program downloads = {"8 tasks, wait 2 ms", download, 8};

    printf("%-28s %11s %15s %13s=%d\n", "the best of some runs", "sequential", "procs=1", "procs",
           cpus);
    print_trio(&additions);
    figure("fibonacci_concurrent", print_trio(&fibonaccis).concurrent);
    print_trio(&halves);
    figure("downloads_concurrent", print_trio(&downloads).concurrent);
    printf("\n");
    figure("fibonacci_two_procs",
           time_at(1, run_in_turn, &fibonaccis) / time_at(2, run_at_once, &fibonaccis));
}

/* ---- The knob -------------------------------------------------------------------------------- */

#define SENDERS 100
#define MESSAGES 20000

/* One channel for all. */
struct conversation {
    rt_chan *words;
    rt_wait_group senders, receivers;
};

static void talk(void *arg)
{
    struct conversation *conversation = arg;

    for (int i = 0; i < MESSAGES / SENDERS; i++)
        rt_chan_send(conversation->words, &i);
    rt_wait_group_done(&conversation->senders);
}

static void listen(void *arg)
{
    struct conversation *conversation = arg;

    while (rt_chan_recv(conversation->words, NULL) == RT_OK)
        continue;
    rt_wait_group_done(&conversation->receivers);
}

/* A hundred tasks talk to a hundred others, and compute nothing. */
static void run_conversation(const struct program *program)
{
    struct conversation conversation = {.words = rt_chan_new(sizeof(int), 0)};

    (void)program;
    rt_wait_group_add(&conversation.senders, SENDERS);
    rt_wait_group_add(&conversation.receivers, SENDERS);
    for (int i = 0; i < SENDERS; i++) {
        rt_go(listen, &conversation);
        rt_go(talk, &conversation);
    }
    rt_wait_group_wait(&conversation.senders);
    rt_chan_close(conversation.words);
    rt_wait_group_wait(&conversation.receivers);
    rt_chan_free(conversation.words);
}

/* How often the kernel had to take a thread of ours off its CPU, or to put one to sleep. */
static int64_t kernel_switches(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_nvcsw + usage.ru_nivcsw;
}

static const struct program many = {"200 tasks, 0.1 M additions", add_a_little, 200};

static void print_knob_at(int procs, double *compute_1_ms, double *talk_1_ms)
{
    int64_t switches = kernel_switches();
    double compute_ms = time_at(procs, run_at_once, &many);
    double talk_ms = time_at(procs, run_conversation, NULL);

    switches = (kernel_switches() - switches) / (2 * RUNS);
    if (procs == 1) {
        *compute_1_ms = compute_ms;
        *talk_1_ms = talk_ms;
    }
    printf("  %5d %9.1f ms %6.2fx %9.1f ms %6.2fx %12" PRId64 " a run\n", procs, compute_ms,
           *compute_1_ms / compute_ms, talk_ms, *talk_1_ms / talk_ms, switches);
    if (procs == MANY_PROCS)
        figure("talk_at_100", *talk_1_ms / talk_ms);
}

static void print_knob(void)
{
    double compute_1_ms = 0, talk_1_ms = 0;

    printf("  procs   200 tasks compute      200 tasks talk   kernel's switches\n");
    for (int procs = 1; procs < cpus; procs *= 2)
        print_knob_at(procs, &compute_1_ms, &talk_1_ms);
    print_knob_at(cpus, &compute_1_ms, &talk_1_ms);
    print_knob_at(2 * cpus, &compute_1_ms, &talk_1_ms);
    print_knob_at(MANY_PROCS, &compute_1_ms, &talk_1_ms);
}

/* ---- Pictures -------------------------------------------------------------------------------- */

#define HEAVY 4
#define STEPS 180
#define ADDITIONS_PER_STEP 300000 /* some 0.1 ms, well below the gap that counts as a lost proc */

struct heavy {
    struct timeline_row *row;
    rt_wait_group *done;
};

static void compute_heavily(void *arg)
{
    struct heavy *heavy = arg;

    timeline_run(heavy->row);
    for (int i = 0; i < STEPS; i++) {
        sink = add(ADDITIONS_PER_STEP);
        timeline_tick(heavy->row);
    }
    timeline_end(heavy->row);
    rt_wait_group_done(heavy->done);
}

static int64_t draw_heavy_tasks(int procs, int64_t span_ns)
{
    struct heavy tasks[HEAVY];
    rt_wait_group done = {0};
    int before = rt_procs(procs);
    struct timeline *timeline = timeline_new("%d heavy tasks, procs=%d", HEAVY, procs);

    rt_wait_group_add(&done, HEAVY);
    for (int i = 0; i < HEAVY; i++)
        tasks[i] = (struct heavy){timeline_row(timeline, "task %c", 'A' + i), &done};
    for (int i = 0; i < HEAVY; i++) {
        timeline_ready(tasks[i].row);
        rt_go(compute_heavily, &tasks[i]);
    }
    rt_wait_group_wait(&done);
    timeline_draw(timeline, stdout, span_ns);
    printf("\n");
    span_ns = timeline_span_ns(timeline);
    timeline_free(timeline);
    rt_procs(before);
    return span_ns;
}

static void demo(void *arg)
{
    const char *set = getenv("RT_PROCS");

    (void)arg;
    cpus = rt_num_cpu();
    printf("CPUs that this program may use: %d. procs: %d, %s%s.\n\n", cpus, rt_procs(0),
           set ? "from RT_PROCS=" : "as nobody has set it", set ? set : "");
    int64_t span_ns = draw_heavy_tasks(1, 0);
    draw_heavy_tasks(cpus, span_ns);
    print_trios();
    print_knob();
}

int main(void)
{
    return rt_run(demo, NULL) == RT_OK ? 0 : 1;
}
