/* bench.h - what a benchmark is, and the part that all programs written in C or C++ share.
 *
 * A program is linked from bench.c, definitions.c, process.c and its own files: those in barista/
 * for our runtime, those in peers/ for others. So everything that is timed is timed, checked and
 * printed by the same code. (Go's program does the same in Go.)
 *
 * A benchmark is defined in definitions.c: its name, how large it is by default, and the result
 * that it must return. A program has an entry for each benchmark that it can do. */
#ifndef BENCH_H
#define BENCH_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- The sizes that define the benchmarks, beside n ------------------------------------------ */

enum {
    SPAWN_BATCH = 1000,
    BUFFERED_CAPACITY = 128,
    MPMC_PRODUCERS = 8,
    MPMC_CONSUMERS = 8,
    MPMC_CAPACITY = 64,
    SELECT_SENDERS = 4,
    MUTEX_TASKS = 8,
    SKYNET_CHILDREN = 10,
    TIMERS_LONGEST_MS = 100,
    PRIMES_CHUNKS = 64,
    ECHO_CONNECTIONS = 64,
    ECHO_BYTES = 16,
    ECHO_BUFFER_BYTES = 512,
    HOGS_MOST = 4,
    HOGS_SLEEPERS = 100,
    HOGS_SLEEP_MS = 50
};

/* ---- Definitions ----------------------------------------------------------------------------- */

struct bench_definition {
    const char *name;
    int64_t n;                        /* by default; a run then takes some 0.1 to 0.5 s */
    int64_t (*result)(int64_t n);     /* what it must return */
    int64_t (*operations)(int64_t n); /* what ns_per_op is divided by; NULL: n */
};

/* All benchmarks, in the order in which they are shown; the last has no name. */
extern const struct bench_definition bench_definitions[];

/* ---- What a program defines ------------------------------------------------------------------ */

struct bench_entry {
    const char *name;
    int64_t (*run)(int64_t n); /* this is timed */
};

/* What this program can do; the last entry has no name. */
extern const struct bench_entry bench_entries[];

/* Calls body(argument) from where tasks can be started, when `procs` threads stand ready to run
 * them. */
void bench_start(int procs, void (*body)(void *argument), void *argument);

/* ---- What a benchmark may call --------------------------------------------------------------- */

/* Says on standard error why the benchmark can't go on, and exits with 1. */
__attribute__((noreturn, format(printf, 1, 2))) void bench_fail(const char *format, ...);

/* How many procs this run has. */
int bench_procs(void);

/* Adds " name=value" to the line that is printed at the end; a few are possible. `name` is kept. */
void bench_note(const char *name, double value);

/* Wall-clock time and the process's CPU time, of all threads. */
int64_t bench_now_ns(void);
int64_t bench_cpu_ns(void);

/* A line of /proc/self/status in KiB, by its name: "VmRSS", "VmHWM" (the greatest RSS so far),
 * or "VmPTE". */
int64_t bench_status_kb(const char *name);

#ifdef __cplusplus
}
#endif

#endif
