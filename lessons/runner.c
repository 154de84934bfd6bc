/* runner.c - starts processes by fork and threads by pthread_create, and measures both; see
 * runner.h.
 *
 * They meet in memory that is shared between processes, with semaphores that work there. So what is
 * measured is the same code for both. */
#include "runner.h"

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rt.h"

union runner {
    pid_t process;
    pthread_t thread;
};

struct runner_kind {
    /* Starts one that does work(arg) and ends then. False: the system allows no more. */
    bool (*start)(union runner *runner, void *(*work)(void *arg), void *arg);
    /* Waits until it has ended. */
    void (*end)(union runner *runner);
};

static _Noreturn void give_up(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

/* ---- The two kinds --------------------------------------------------------------------------- */

static bool start_process(union runner *runner, void *(*work)(void *arg), void *arg)
{
    pid_t parent = getpid();

    runner->process = fork();
    if (runner->process != 0)
        return runner->process > 0;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() == parent) /* otherwise it ended before we asked to end with it */
        work(arg);
    _exit(0);
}

static void end_of_process(union runner *runner)
{
    waitpid(runner->process, NULL, 0);
}

static bool start_thread(union runner *runner, void *(*work)(void *arg), void *arg)
{
    return pthread_create(&runner->thread, NULL, work, arg) == 0;
}

static void end_of_thread(union runner *runner)
{
    pthread_join(runner->thread, NULL);
}

const struct runner_kind runner_process = {start_process, end_of_process};
const struct runner_kind runner_thread = {start_thread, end_of_thread};

void runner_use_one_cpu(cpu_set_t *before)
{
    cpu_set_t one;

    CPU_ZERO(&one);
    if (sched_getaffinity(0, sizeof *before, before) != 0)
        give_up("sched_getaffinity");
    for (int cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&one) == 0; cpu++)
        if (CPU_ISSET(cpu, before))
            CPU_SET(cpu, &one);
    if (sched_setaffinity(0, sizeof one, &one) != 0)
        give_up("sched_setaffinity");
}

/* ---- What they do ---------------------------------------------------------------------------- */

struct meeting {
    sem_t ready, gate; /* of a crowd: how many wait, and how many may go */
    sem_t turn[2];     /* of two that take turns */
    int times;
};

static struct meeting *meeting_new(void)
{
    struct meeting *meeting =
        mmap(NULL, sizeof *meeting, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (meeting == MAP_FAILED)
        give_up("mmap");
    sem_init(&meeting->ready, 1, 0);
    sem_init(&meeting->gate, 1, 0);
    sem_init(&meeting->turn[0], 1, 0);
    sem_init(&meeting->turn[1], 1, 0);
    return meeting;
}

static void meeting_free(struct meeting *meeting)
{
    munmap(meeting, sizeof *meeting);
}

static void *do_nothing(void *arg)
{
    return arg;
}

static void *wait_at_gate(void *arg)
{
    struct meeting *meeting = arg;

    sem_post(&meeting->ready);
    sem_wait(&meeting->gate);
    return NULL;
}

static void take_turns(struct meeting *meeting, int me)
{
    for (int i = 0; i < meeting->times; i++) {
        sem_post(&meeting->turn[!me]);
        sem_wait(&meeting->turn[me]);
    }
}

static void *take_turns_as_second(void *arg)
{
    take_turns(arg, 1);
    return NULL;
}

/* ---- Measuring ------------------------------------------------------------------------------- */

double runner_start_ns(const struct runner_kind *kind, int times)
{
    union runner runner;
    int64_t start_ns = rt_now();

    for (int i = 0; i < times; i++) {
        if (!kind->start(&runner, do_nothing, NULL))
            give_up("cannot start a process or thread");
        kind->end(&runner);
    }
    return (double)(rt_now() - start_ns) / times;
}

double runner_turn_ns(const struct runner_kind *kind, int times)
{
    struct meeting *meeting = meeting_new();
    union runner other;

    meeting->times = times;
    if (!kind->start(&other, take_turns_as_second, meeting))
        give_up("cannot start a process or thread");
    int64_t start_ns = rt_now();
    take_turns(meeting, 0);
    int64_t end_ns = rt_now();
    kind->end(&other);
    meeting_free(meeting);
    return (double)(end_ns - start_ns) / 2 / times;
}

/* Of a crowd's first member, while all of them wait. */
static struct footprint footprint_of_one(const struct runner_kind *kind, union runner *first,
                                         struct footprint growth)
{
    struct footprint one = growth;

    if (kind == &runner_process) {
        one = footprint_of(first->process);
        one.filled_bytes += growth.filled_bytes; /* its stack in the kernel */
        one.mappings = 0;                        /* it has a list of its own */
    }
    return one;
}

int runner_crowd(const struct runner_kind *kind, int most, struct footprint *each)
{
    static union runner runners[RUNNER_CROWD_MAX];
    struct meeting *meeting = meeting_new();
    struct footprint before = footprint_now();
    int alive = 0;

    while (alive < most && alive < RUNNER_CROWD_MAX &&
           kind->start(&runners[alive], wait_at_gate, meeting))
        alive++;
    if (alive == 0)
        give_up("cannot start a process or thread");
    for (int i = 0; i < alive; i++)
        sem_wait(&meeting->ready);
    *each = footprint_of_one(kind, &runners[0], footprint_each(before, alive));
    for (int i = 0; i < alive; i++)
        sem_post(&meeting->gate);
    for (int i = 0; i < alive; i++)
        kind->end(&runners[i]);
    meeting_free(meeting);
    return alive;
}
