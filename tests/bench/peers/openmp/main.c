/* main.c - the benchmarks that make sense with OpenMP's tasks and loops. They are the best that it
 * can do for work that never waits; it has no channels, and its tasks can't sleep or wait for one
 * another but as children. */
#include <omp.h>
#include <stddef.h>

#include "bench.h"
#include "prime.h"

void bench_start(int procs, void (*body)(void *argument), void *argument)
{
    omp_set_dynamic(0);
    omp_set_num_threads(procs);
#pragma omp parallel /* starts the threads, which stay */
    {
    }
    body(argument);
}

static int64_t run_spawn(int64_t n)
{
    static int64_t marks[SPAWN_BATCH];
#pragma omp parallel
#pragma omp single
    for (int64_t left = n; left > 0; left -= SPAWN_BATCH) {
        int64_t size = left < SPAWN_BATCH ? left : SPAWN_BATCH;
        for (int64_t i = 0; i < size; i++) {
#pragma omp task
            marks[i]++;
        }
#pragma omp taskwait
    }
    int64_t ran = 0;
    for (int i = 0; i < SPAWN_BATCH; i++) {
        ran += marks[i];
    }
    return ran;
}

static int64_t node(int64_t first, int64_t size)
{
    if (size == 1) {
        return first;
    }
    int64_t sums[SKYNET_CHILDREN];
    int64_t child_size = size / SKYNET_CHILDREN;
    for (int i = 0; i < SKYNET_CHILDREN; i++) {
#pragma omp task shared(sums)
        sums[i] = node(first + i * child_size, child_size);
    }
#pragma omp taskwait
    int64_t sum = 0;
    for (int i = 0; i < SKYNET_CHILDREN; i++) {
        sum += sums[i];
    }
    return sum;
}

static int64_t run_skynet(int64_t n)
{
    int64_t sum = 0;
#pragma omp parallel
#pragma omp single
    sum = node(0, n);
    return sum;
}

static int64_t fib(int64_t n)
{
    if (n < 2) {
        return n;
    }
    int64_t left;
#pragma omp task shared(left)
    left = fib(n - 1);
    int64_t right = fib(n - 2);
#pragma omp taskwait
    return left + right;
}

static int64_t run_fib(int64_t n)
{
    int64_t result = 0;
#pragma omp parallel
#pragma omp single
    result = fib(n);
    return result;
}

static int64_t run_primes(int64_t n)
{
    int64_t primes = 0;
#pragma omp parallel for schedule(dynamic, 1) reduction(+ : primes)
    for (int i = 0; i < PRIMES_CHUNKS; i++) {
        primes +=
            count_primes(chunk_start(n, i, PRIMES_CHUNKS), chunk_start(n, i + 1, PRIMES_CHUNKS));
    }
    return primes;
}

const struct bench_entry bench_entries[] = {
    {"spawn", run_spawn},   {"skynet", run_skynet}, {"fib", run_fib},
    {"primes", run_primes}, {NULL, NULL},
};
