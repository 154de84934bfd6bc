/* demo.c - lesson 07: what a process, a thread, a task and a callback cost on this machine.
 *
 *   1. a table: for each of the four its memory, its start and end, a turn handed over, and how
 *      many there can be;
 *   2. ten thousand tasks that wait: on how many threads?
 *   3. three tasks that wait in three ways, drawn: who leaves the proc to others, and who keeps it.
 *
 * `make compare` prints the table alone. All four columns are measured by the same three programs: a
 * crowd that waits at a gate, one after another that starts and ends, and two that take turns. All of it
 * happens on one CPU, since turns between two CPUs would be another matter.
 *
 * Nothing is left behind: a child is killed when its parent ends, and crowds are bounded. */
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "figure.h"
#include "footprint.h"
#include "rt.h"
#include "runner.h"
#include "timeline.h"

/* Crowds: enough for a good mean, few enough to leave the machine to others. */
#define CROWD_PROCESSES 200
#define CROWD_THREADS 1000
#define CROWD_TASKS 100000

/* How often something is done to be timed, by the kernel and by the runtime. Many short turns, since
 * other programs spoil the long ones. */
#define FEW 20
#define SOME 100
#define MANY 10000
#define TURNS 20

/* Started in a row, before the others are waited for. */
#define BATCH 1000

/* ---- Measuring ------------------------------------------------------------------------------- */

/* What is found out about each kind. */
struct costs {
    int64_t crowd;         /* so many were alive at once */
    struct footprint each; /* of one of them */
    double start_ns;       /* from the start to the end of one that does nothing */
    double turn_ns;        /* to hand over the turn to the other one */
};

/* Other programs can only make something slower, so the best of several turns is what it costs. */
static void keep_best(double *best_ns, double ns)
{
    if (*best_ns == 0 || ns < *best_ns)
        *best_ns = ns;
}

static double each_ns(int64_t start_ns, int64_t times)
{
    return (double)(rt_now() - start_ns) / (double)times;
}

/* ---- Processes and threads ------------------------------------------------------------------- */

static void measure_kernel(const struct runner_kind *kind, int most, struct costs *costs)
{
    for (int i = 0; i < TURNS; i++) {
        keep_best(&costs->start_ns, runner_start_ns(kind, FEW));
        keep_best(&costs->turn_ns, runner_turn_ns(kind, SOME));
    }
    costs->crowd = runner_crowd(kind, most, &costs->each);
}

/* ---- Tasks ----------------------------------------------------------------------------------- */

struct task_meeting {
    rt_semaphore ready, gate;
    rt_semaphore turn[2];
    rt_wait_group ended;
};

static void task_at_gate(void *arg)
{
    struct task_meeting *meeting = arg;

    rt_semaphore_release(&meeting->ready);
    rt_semaphore_acquire(&meeting->gate);
    rt_wait_group_done(&meeting->ended);
}

static void task_of_nothing(void *arg)
{
    struct task_meeting *meeting = arg;

    rt_wait_group_done(&meeting->ended);
}

static void tasks_take_turns(struct task_meeting *meeting, int me)
{
    for (int i = 0; i < MANY; i++) {
        rt_semaphore_release(&meeting->turn[!me]);
        rt_semaphore_acquire(&meeting->turn[me]);
    }
}

static void task_takes_turns(void *arg)
{
    struct task_meeting *meeting = arg;

    tasks_take_turns(meeting, 1);
    rt_wait_group_done(&meeting->ended);
}

static bool start_task(void (*work)(void *), struct task_meeting *meeting)
{
    rt_wait_group_add(&meeting->ended, 1);
    if (rt_go(work, meeting) == RT_OK)
        return true;
    rt_wait_group_done(&meeting->ended);
    return false;
}

static int64_t start_crowd_of_tasks(struct task_meeting *meeting, int64_t most)
{
    int64_t alive = 0;

    while (alive < most && start_task(task_at_gate, meeting))
        alive++;
    for (int64_t i = 0; i < alive; i++)
        rt_semaphore_acquire(&meeting->ready);
    return alive;
}

static void end_crowd_of_tasks(struct task_meeting *meeting, int64_t alive)
{
    for (int64_t i = 0; i < alive; i++)
        rt_semaphore_release(&meeting->gate);
    rt_wait_group_wait(&meeting->ended);
}

/* First a few, which tell how many there could be; then the crowd, a quarter of that at most. */
static void measure_crowd_of_tasks(struct task_meeting *meeting, struct costs *costs)
{
    struct footprint before = footprint_now();
    const char *limit;
    int64_t few = start_crowd_of_tasks(meeting, BATCH);

    if (few == 0) {
        fprintf(stderr, "there is no memory for a single task\n");
        exit(EXIT_FAILURE);
    }
    int64_t most = footprint_room(footprint_each(before, few), false, &limit) / 4;
    end_crowd_of_tasks(meeting, few);
    costs->crowd = start_crowd_of_tasks(meeting, most < CROWD_TASKS ? most : CROWD_TASKS);
    costs->each = footprint_each(before, costs->crowd);
    end_crowd_of_tasks(meeting, costs->crowd);
}

static void time_tasks(struct task_meeting *meeting, struct costs *costs)
{
    int64_t start_ns = rt_now();

    for (int i = 0; i < MANY; i++) {
        start_task(task_of_nothing, meeting);
        if (i % BATCH == BATCH - 1)
            rt_wait_group_wait(&meeting->ended);
    }
    keep_best(&costs->start_ns, each_ns(start_ns, MANY));

    start_task(task_takes_turns, meeting);
    start_ns = rt_now();
    tasks_take_turns(meeting, 0);
    keep_best(&costs->turn_ns, each_ns(start_ns, 2 * MANY));
    rt_wait_group_wait(&meeting->ended);
}

static void measure_tasks(struct costs *costs)
{
    struct task_meeting meeting = {0};

    for (int i = 0; i < TURNS; i++)
        time_tasks(&meeting, costs);
    measure_crowd_of_tasks(&meeting, costs);
}

/* ---- Callbacks ------------------------------------------------------------------------------- */

/* What async and await are made of: work that remembers by itself how far it has come, since its
 * function returns where a task would wait. The loop below calls it again when it can go on. */
struct callback {
    void (*step)(struct callback *self);
    int turns; /* a task has this in a local variable, and where it stands in its code, too */
    struct callback *other;
    struct callback *next; /* in the queue of those that can go on */
};

static struct {
    struct callback *first, **last;
} can_go_on = {NULL, &can_go_on.first};

static void make_ready(struct callback *callback)
{
    callback->next = NULL;
    *can_go_on.last = callback;
    can_go_on.last = &callback->next;
}

static void run_event_loop(void)
{
    while (can_go_on.first) {
        struct callback *callback = can_go_on.first;
        can_go_on.first = callback->next;
        if (!can_go_on.first)
            can_go_on.last = &can_go_on.first;
        callback->step(callback);
    }
}

/* tasks_take_turns(), cut open where it waits. */
static void take_turn(struct callback *self)
{
    if (self->turns++ < MANY)
        make_ready(self->other);
}

static void end_at_once(struct callback *self)
{
    free(self);
}

static struct callback *callback_new(void (*step)(struct callback *))
{
    struct callback *callback = calloc(1, sizeof *callback);

    if (!callback) {
        perror("calloc");
        exit(EXIT_FAILURE);
    }
    callback->step = step;
    return callback;
}

static void measure_crowd_of_callbacks(struct costs *costs)
{
    struct footprint before = footprint_now();

    for (; costs->crowd < CROWD_TASKS; costs->crowd++)
        make_ready(callback_new(end_at_once));
    costs->each = footprint_each(before, costs->crowd);
    run_event_loop();
}

static void time_callbacks(struct costs *costs)
{
    struct callback *a = callback_new(take_turn), *b = callback_new(take_turn);
    int64_t start_ns = rt_now();

    for (int i = 0; i < MANY; i++) {
        make_ready(callback_new(end_at_once));
        if (i % BATCH == BATCH - 1)
            run_event_loop();
    }
    keep_best(&costs->start_ns, each_ns(start_ns, MANY));

    a->other = b;
    b->other = a;
    start_ns = rt_now();
    make_ready(a);
    run_event_loop();
    keep_best(&costs->turn_ns, each_ns(start_ns, 2 * MANY));
    free(a);
    free(b);
}

/* ---- The table ------------------------------------------------------------------------------- */

#define KINDS 4
static const char *const kinds[KINDS] = {"process", "thread", "task", "callback"};
static struct costs costs[KINDS];

/* In the unit that makes it readable. */
static void print_bytes(int64_t bytes)
{
    if (bytes == 0)
        printf("%14s", "-");
    else if (bytes < 1024)
        printf("%12" PRId64 " B", bytes);
    else if (bytes < 1024 * 1024)
        printf("%10.1f KiB", (double)bytes / 1024);
    else
        printf("%10.1f MiB", (double)bytes / 1024 / 1024);
}

static void print_time(double ns)
{
    if (ns < RT_US)
        printf("%11.1f ns", ns);
    else
        printf("%11.1f us", ns / RT_US);
}

static void print_table(void)
{
    const char *limits[KINDS];

    printf("%-18s", "on one CPU");
    for (int i = 0; i < KINDS; i++)
        printf("%14s", kinds[i]);
    printf("\n  %-16s", "memory, each");
    for (int i = 0; i < KINDS; i++)
        print_bytes(costs[i].each.filled_bytes);
    printf("\n  %-16s", "addresses, each");
    for (int i = 0; i < KINDS; i++)
        print_bytes(costs[i].each.address_bytes);
    printf("\n  %-16s", "start and end");
    for (int i = 0; i < KINDS; i++)
        print_time(costs[i].start_ns);
    printf("\n  %-16s", "hand over a turn");
    for (int i = 0; i < KINDS; i++)
        print_time(costs[i].turn_ns);
    printf("\n  %-16s", "alive here");
    for (int i = 0; i < KINDS; i++)
        printf("%14" PRId64, costs[i].crowd);
    printf("\n  %-16s", "could be");
    for (int i = 0; i < KINDS; i++)
        printf("%14" PRId64, footprint_room(costs[i].each, i < 2, &limits[i]));
    printf("\n  %-16s", "  by the limit of");
    for (int i = 0; i < KINDS; i++)
        printf("%14s", limits[i]);
    printf("\n");
}

static void give_figures(void)
{
    figure("task_kib", (double)costs[2].each.filled_bytes / 1024);
    figure("starts_per_thread", costs[1].start_ns / costs[2].start_ns);
    figure("turns_per_thread", costs[1].turn_ns / costs[2].turn_ns);
}

static void measure_in_runtime(void *unused)
{
    (void)unused;
    measure_crowd_of_callbacks(&costs[3]); /* first, as the heap keeps what tasks gave back */
    measure_tasks(&costs[2]);
    for (int i = 0; i < TURNS; i++)
        time_callbacks(&costs[3]);
}

/* ---- Who leaves the proc --------------------------------------------------------------------- */

#define WAIT_NS (30 * RT_MS)
#define STANDS 3

struct stand {
    struct timeline_row *row;
    rt_wait_group *done;
    void (*wait)(void);
};

static void wait_as_task(void)
{
    rt_sleep(WAIT_NS);
}

/* The kernel puts the thread to sleep. Stopped on the way to be asked for its proc, it sleeps on. */
static void thread_sleep(void *unused)
{
    struct timespec left = {.tv_nsec = WAIT_NS};

    (void)unused;
    while (nanosleep(&left, &left) != 0)
        continue;
}

static void wait_as_thread(void)
{
    thread_sleep(NULL);
}

static void wait_as_thread_and_say_so(void)
{
    rt_blocking(thread_sleep, NULL);
}

static void stand(void *arg)
{
    struct stand *stand = arg;

    timeline_wait(stand->row, "brews");
    stand->wait();
    timeline_run(stand->row);
    timeline_end(stand->row);
    rt_wait_group_done(stand->done);
}

static int64_t draw_waits(const char *how, void (*wait)(void), int64_t span_ns)
{
    struct timeline *timeline = timeline_new("%s, procs=1", how);
    struct stand stands[STANDS];
    rt_wait_group done = {0};

    rt_wait_group_add(&done, STANDS);
    for (int i = 0; i < STANDS; i++)
        stands[i] = (struct stand){timeline_row(timeline, "task %c", 'A' + i), &done, wait};
    for (int i = 0; i < STANDS; i++) {
        timeline_ready(stands[i].row);
        rt_go(stand, &stands[i]);
    }
    rt_wait_group_wait(&done);
    timeline_draw(timeline, stdout, span_ns);
    printf("\n");
    span_ns = timeline_span_ns(timeline);
    timeline_free(timeline);
    return span_ns;
}

/* ---- Ten thousand that wait ------------------------------------------------------------------ */

#define SLEEPERS 10000

static void sleep_a_while(void *arg)
{
    rt_sleep(7 * WAIT_NS); /* longer than it takes to start them all */
    rt_wait_group_done(arg);
}

static void count_threads(void)
{
    rt_wait_group done = {0};

    rt_wait_group_add(&done, SLEEPERS);
    for (int i = 0; i < SLEEPERS; i++)
        if (rt_go(sleep_a_while, &done) != RT_OK)
            rt_wait_group_done(&done);
    rt_sleep(WAIT_NS);
    int64_t threads = footprint_threads();
    printf("procs=%d: %" PRId64 " tasks exist, most of them asleep; threads of the kernel: %" PRId64
           "\n\n",
           rt_procs(0), rt_num_tasks(), threads);
    figure("threads_of_sleepers", (double)threads);
    rt_wait_group_wait(&done);
}

static void show_tasks(void *unused)
{
    (void)unused;
    count_threads();
    rt_procs(1);
    int64_t span_ns = draw_waits("the thread waits, and nobody knows", wait_as_thread, 0);
    figure("thread_waits_ms", (double)span_ns / RT_MS);
    draw_waits("the thread waits, in rt_blocking", wait_as_thread_and_say_so, span_ns);
    draw_waits("the task waits", wait_as_task, span_ns);
}

static void compare(void)
{
    cpu_set_t cpus;
    int procs = rt_procs(1);

    runner_use_one_cpu(&cpus);
    measure_kernel(&runner_process, CROWD_PROCESSES, &costs[0]);
    measure_kernel(&runner_thread, CROWD_THREADS, &costs[1]);
    if (rt_run(measure_in_runtime, NULL) != RT_OK)
        exit(EXIT_FAILURE);
    sched_setaffinity(0, sizeof cpus, &cpus);
    rt_procs(procs);
    print_table();
    give_figures();
}

/* With any argument, the table alone. */
int main(int argc, char **argv)
{
    (void)argv;
    compare();
    if (argc > 1)
        return 0;
    printf("\n");
    return rt_run(show_tasks, NULL) == RT_OK ? 0 : EXIT_FAILURE;
}
