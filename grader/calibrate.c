/* calibrate.c - the spin kernel: pure arithmetic in registers, in processes that share nothing.
 *
 * On one CPU it takes C_1, spread over N CPUs C_N; A = C_1/C_N is the best speedup that any
 * program could show in this moment. Processes rather than threads: nothing in this grader can
 * then slow one part through another, and a CPU-bound child looks to the kernel like a
 * submission does.
 *
 * The children start together: each pins itself, says that it is ready, and waits for the end of
 * file on a pipe, which the parent causes for all of them at once. */
#include "calibrate.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"

/* C_1 is at least this long: one wake-up (about 0.05 ms) is then lost in the noise. Every round
 * pays for C_1 and C_N, so not longer. */
#define SPIN_SECONDS 0.055
/* C_N is at least this long, for the same reason. */
#define SPIN_PART_SECONDS 0.008
/* The kernel's speed is measured on so many steps: 5 to 20 ms. */
#define TRIAL_STEPS (UINT64_C(1) << 23)

/* A machine on which this does not suffice is of no use for measuring. */
#define PATIENCE_MS 10000

/* Each step depends on the one before it, so the CPU cannot run them side by side. The result goes
 * through a volatile, so the compiler cannot leave them out. */
static void take_steps(uint64_t steps)
{
    volatile uint64_t sink;
    uint64_t x = steps | 1;
    for (uint64_t i = 0; i < steps; i++)
        x = x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    sink = x;
    (void)sink;
}

/* What a child has to say. */
enum { READY = 'r', DONE = 'd', FAILED = 'f' };

/* A child's life. It never ends without a word, or the parent would wait for it. */
_Noreturn static void spin_child(uint64_t steps, int cpu, int start, int report)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    char word = sched_setaffinity(0, sizeof set, &set) == 0 ? READY : FAILED, end;
    if (write(report, &word, 1) != 1 || word == FAILED)
        _exit(1);
    while (read(start, &end, 1) < 0 && errno == EINTR)
        ;
    take_steps(steps);
    word = DONE;
    _exit(write(report, &word, 1) == 1 ? 0 : 1);
}

/* Waits for a word from each child; false, with errno set, when it is not that one, or does not
 * come: then the child was killed. */
static bool hear_from(int report, int children, char expected)
{
    for (int i = 0; i < children; i++) {
        struct pollfd coming = {.fd = report, .events = POLLIN};
        int ready;
        while ((ready = poll(&coming, 1, PATIENCE_MS)) < 0 && errno == EINTR)
            ;
        char word;
        if (ready != 1 || read(report, &word, 1) != 1 || word != expected) {
            errno = ready == 1 ? ECHILD : ETIMEDOUT;
            return false;
        }
    }
    return true;
}

#define CREW_MOST (sizeof((struct cpus){0}.ids) / sizeof(int)) /* one child a CPU */

/* The children of one spin, and the pipes to them. */
struct crew {
    int start[2], report[2];
    pid_t pids[CREW_MOST];
    int count;
};

static bool crew_fork(struct crew *crew, uint64_t steps, const struct cpus *cpus, int procs)
{
    for (crew->count = 0; crew->count < procs; crew->count++) {
        pid_t pid = fork();
        if (pid < 0)
            return false;
        if (pid == 0) {
            close(crew->start[1]); /* or its own copy would keep the end of file away */
            close(crew->report[0]);
            spin_child(steps / (uint64_t)procs, cpus->ids[crew->count], crew->start[0],
                       crew->report[1]);
        }
        crew->pids[crew->count] = pid;
    }
    return true;
}

static bool crew_run(struct crew *crew, struct spin_time *time)
{
    if (!hear_from(crew->report[0], crew->count, READY))
        return false;
    double started = clock_seconds();
    close(crew->start[1]);
    crew->start[1] = -1;
    bool done = hear_from(crew->report[0], crew->count, DONE);
    time->seconds = clock_seconds() - started;
    return done;
}

static void close_open(int fd)
{
    if (fd >= 0)
        close(fd);
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec * 1e-6;
}

/* Returns the CPU time of all together. */
static double crew_dismiss(struct crew *crew, bool at_once)
{
    double cpu = 0;
    for (int i = 0; i < crew->count; i++) {
        struct rusage usage = {0};
        if (at_once)
            kill(crew->pids[i], SIGKILL);
        while (wait4(crew->pids[i], NULL, 0, &usage) < 0 && errno == EINTR)
            ;
        cpu += seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    }
    for (int i = 0; i < 2; i++) {
        close_open(crew->start[i]);
        close_open(crew->report[i]);
    }
    return cpu;
}

bool calibrate_spin(const struct spin *spin, const struct cpus *cpus, int procs,
                    struct spin_time *time, FILE *errors)
{
    struct crew crew = {.start = {-1, -1}, .report = {-1, -1}};
    bool ok = pipe2(crew.start, O_CLOEXEC) == 0 && pipe2(crew.report, O_CLOEXEC) == 0 &&
              crew_fork(&crew, spin->steps, cpus, procs) && crew_run(&crew, time);
    if (!ok)
        fprintf(errors, "barista: cannot time the machine on %d CPU%s: %s\n", procs,
                procs == 1 ? "" : "s", strerror(errno));
    time->cpu = crew_dismiss(&crew, !ok);
    return ok;
}

double calibrate_speed(void)
{
    clock_t started = clock();
    take_steps(TRIAL_STEPS);
    return (double)TRIAL_STEPS * CLOCKS_PER_SEC / (double)(clock() - started);
}

struct spin calibrate_size(int procs)
{
    double target = procs * SPIN_PART_SECONDS;
    if (target < SPIN_SECONDS)
        target = SPIN_SECONDS;
    return (struct spin){.steps = (uint64_t)(calibrate_speed() * target)};
}
