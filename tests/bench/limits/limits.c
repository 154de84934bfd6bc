/* limits.c - what this machine takes for the steps that no scheduler can leave out: the floor under
 * the benchmarks' figures. tests/bench/README.md sets them beside each other.
 *
 * Each step is done many times in a row, and that several times over; the median is shown, and from
 * where to where the times go. */
#include <pthread.h>
#include <sched.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "context.h"
#include "futex.h"

#define TURNS 9
#define PAGE_BYTES 4096
#define LINE_BYTES 64

/* As far apart as the stacks of tasks lie. */
#define STACK_BYTES ((size_t)64 << 10)

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static _Noreturn void fail(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

/* ---- On one CPU ------------------------------------------------------------------------------ */

/* An operation that other CPUs see as one, on a line that nobody else wants. */
static void locked(int64_t times)
{
    static alignas(LINE_BYTES) _Atomic(int64_t) counter;
    for (int64_t i = 0; i < times; i++) {
        atomic_fetch_add(&counter, 1);
    }
}

static void read_clock(int64_t times)
{
    for (int64_t i = 0; i < times; i++) {
        now_ns();
    }
}

static void system_call(int64_t times)
{
    for (int64_t i = 0; i < times; i++) {
        syscall(SYS_getppid);
    }
}

static void *here, *there;

static void switch_back_for_ever(void)
{
    for (;;) {
        rt__context_switch(&there, here);
    }
}

/* From one stack to another: what a yield is without anything that decides who is next. */
static void context_switch(int64_t times)
{
    static alignas(LINE_BYTES) char stack[STACK_BYTES];
    there = rt__context_new(stack + sizeof stack, switch_back_for_ever);
    for (int64_t i = 0; i < times; i += 2) {
        rt__context_switch(&here, there);
    }
}

/* The first write to the topmost page of a stack. */
static void first_touch(int64_t times)
{
    size_t bytes = (size_t)times * STACK_BYTES;
    char *stacks = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (stacks == MAP_FAILED) {
        fail("mmap");
    }
    for (int64_t i = 1; i <= times; i++) {
        stacks[(size_t)i * STACK_BYTES - PAGE_BYTES] = 1;
    }
    munmap(stacks, bytes);
}

/* ---- Between two CPUs ------------------------------------------------------------------------ */

static int cpus[2];

static void pin(int cpu)
{
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    if (sched_setaffinity(0, sizeof one, &one) != 0) {
        fail("sched_setaffinity");
    }
}

/* Lines that two threads write in turn: the turn itself is the last to be written. */
#define LINES 2
static struct line {
    alignas(LINE_BYTES) _Atomic(uint32_t) word;
} ball[LINES];
static int lines;

/* release and acquire: who has the turn sees what the other wrote to the other lines. */
static void pass(uint32_t turn)
{
    for (int i = 1; i < lines; i++) {
        atomic_store_explicit(&ball[i].word, turn, memory_order_relaxed);
    }
    atomic_store_explicit(&ball[0].word, turn, memory_order_release);
}

static void catch_by_looking(uint32_t turn)
{
    while (atomic_load_explicit(&ball[0].word, memory_order_acquire) != turn) {
    }
}

static void catch_asleep(uint32_t turn)
{
    rt__futex_wait(&ball[0].word, turn - 1, -1);
    catch_by_looking(turn);
}

static void pass_and_wake(uint32_t turn)
{
    pass(turn);
    rt__futex_wake(&ball[0].word, 1);
}

static const struct game {
    void (*pass)(uint32_t turn);
    void (*catch)(uint32_t turn);
} looking = {pass, catch_by_looking}, sleeping = {pass_and_wake, catch_asleep};

struct player {
    const struct game *game;
    int64_t times;
};

static void *play_back(void *arg)
{
    const struct player *player = arg;
    pin(cpus[1]);
    for (int64_t i = 0; i < player->times; i++) {
        player->game->catch ((uint32_t)(2 * i + 1));
        player->game->pass((uint32_t)(2 * i + 2));
    }
    return NULL;
}

static void play(const struct game *game, int with_lines, int64_t times)
{
    struct player player = {game, times};
    pthread_t other;
    lines = with_lines;
    atomic_store(&ball[0].word, 0);
    if (pthread_create(&other, NULL, play_back, &player) != 0) {
        fail("pthread_create");
    }
    for (int64_t i = 0; i < times; i++) {
        game->pass((uint32_t)(2 * i + 1));
        game->catch ((uint32_t)(2 * i + 2));
    }
    pthread_join(other, NULL);
}

static void one_line(int64_t times)
{
    play(&looking, 1, times);
}

static void two_lines(int64_t times)
{
    play(&looking, 2, times);
}

static void wake(int64_t times)
{
    play(&sleeping, 1, times);
}

/* ---- All ------------------------------------------------------------------------------------- */

static const struct step {
    const char *name;
    void (*run)(int64_t times);
    int64_t times;
    int cpus;
    const char *what;
} steps[] = {
    {"locked", locked, 10000000, 1, "an atomic addition, to a line of one's own"},
    {"clock", read_clock, 1000000, 1, "the time of day"},
    {"syscall", system_call, 1000000, 1, "a system call that does nothing"},
    {"switch", context_switch, 10000000, 1, "from one stack to another"},
    {"page", first_touch, 10000, 1, "a page for a stack: the first write, and to give it back"},
    {"line", one_line, 200000, 2, "a cache line to another CPU and back"},
    {"lines", two_lines, 200000, 2, "two cache lines to another CPU and back"},
    {"wake", wake, 20000, 2, "to wake a thread on another CPU, and be woken by it"},
};

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static void measure(const struct step *step)
{
    double ns[TURNS];
    step->run(step->times / 10);
    for (int turn = 0; turn < TURNS; turn++) {
        int64_t began_ns = now_ns();
        step->run(step->times);
        ns[turn] = (double)(now_ns() - began_ns) / (double)step->times;
    }
    qsort(ns, TURNS, sizeof *ns, compare);
    printf("%-8s %8.1f %8.1f..%-8.1f %s\n", step->name, ns[TURNS / 2], ns[0], ns[TURNS - 1],
           step->what);
    fflush(stdout);
}

static int find_cpus(void)
{
    cpu_set_t allowed;
    int found = 0;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) {
        fail("sched_getaffinity");
    }
    for (int cpu = 0; cpu < CPU_SETSIZE && found < 2; cpu++) {
        if (CPU_ISSET(cpu, &allowed)) {
            cpus[found++] = cpu;
        }
    }
    return found;
}

int main(void)
{
    int found = find_cpus();
    pin(cpus[0]);
    printf("%-8s %8s %8s\n", "step", "ns", "from..to");
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (steps[i].cpus <= found) {
            measure(&steps[i]);
        } else {
            printf("%-8s %8s %18s %s\n", steps[i].name, "-", "", "needs two CPUs");
        }
    }
    return EXIT_SUCCESS;
}
