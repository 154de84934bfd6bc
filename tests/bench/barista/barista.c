/* barista.c - the benchmarks of our runtime, and how it is started. */
#include "barista.h"

#include <stdlib.h>

const struct bench_entry bench_entries[] = {
    {"spawn", run_spawn},       {"yield", run_yield},
    {"pingpong", run_pingpong}, {"buffered", run_buffered},
    {"mpmc", run_mpmc},         {"select4", run_select4},
    {"mutex8", run_mutex8},     {"parked", run_parked},
    {"skynet", run_skynet},     {"fib", run_fib},
    {"timers", run_timers},     {"sieve", run_sieve},
    {"primes", run_primes},     {"echo64", run_echo64},
    {"hogs", run_hogs},         {NULL, NULL},
};

void bench_start(int procs, void (*body)(void *argument), void *argument)
{
    rt_procs(procs);
    int status = rt_run(body, argument);
    if (status != RT_OK) {
        bench_fail("rt_run: %s", rt_strerror(status));
    }
}

void *new_array(int64_t count, size_t size)
{
    void *array = calloc((size_t)count, size);
    if (array == NULL) {
        bench_fail("no memory for %lld tasks' arguments", (long long)count);
    }
    return array;
}
