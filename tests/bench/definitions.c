/* definitions.c - every benchmark: its default size, and the result that it must return.
 *
 * Results are computed here in other ways than in the benchmarks: by formulas, loops and a sieve,
 * on one thread and outside the measured time. README.md says what each benchmark does. */
#include <stdlib.h>

#include "bench.h"

/* ---- Results --------------------------------------------------------------------------------- */

/* The benchmark counts its operations. */
static int64_t all_of_them(int64_t n)
{
    return n;
}

/* It adds up the values 0 .. n-1 that it passes around. */
static int64_t sum_below(int64_t n)
{
    return n * (n - 1) / 2;
}

static int64_t fibonacci(int64_t n)
{
    int64_t this = 0, next = 1;
    for (int64_t i = 0; i < n; i++) {
        int64_t after = this + next;
        this = next;
        next = after;
    }
    return this;
}

/* How many tasks fib starts: T(n) = 1 + T(n-1) + T(n-2) with T(0) = T(1) = 0. */
static int64_t fibonacci_tasks(int64_t n)
{
    return fibonacci(n + 1) - 1;
}

/* Of each of the tasks, in each part. */
static int64_t wakes(int64_t n)
{
    return n * HOGS_SLEEPERS * HOGS_MOST;
}

/* composite[i] says whether i < size is composite. To be freed. */
static unsigned char *sieve_of_eratosthenes(int64_t size)
{
    unsigned char *composite = calloc((size_t)size, 1);
    if (composite == NULL) {
        bench_fail("no memory to check the result");
    }
    for (int64_t i = 2; i * i < size; i++) {
        for (int64_t multiple = i * i; !composite[i] && multiple < size; multiple += i) {
            composite[multiple] = 1;
        }
    }
    return composite;
}

static int64_t primes_below(int64_t n)
{
    unsigned char *composite = sieve_of_eratosthenes(n);
    int64_t count = 0;
    for (int64_t i = 2; i < n; i++) {
        count += !composite[i];
    }
    free(composite);
    return count;
}

/* The nth prime is below 30 n for every n that the sieve of filters could reach in a day. */
static int64_t nth_prime(int64_t n)
{
    unsigned char *composite = sieve_of_eratosthenes(30 * n);
    int64_t prime = 1;
    for (int64_t count = 0; count < n; count++) {
        do {
            prime++;
        } while (composite[prime]);
    }
    free(composite);
    return prime;
}

/* ---- The list -------------------------------------------------------------------------------- */

/* The sizes of skynet, fib, timers, sieve, primes and parked belong to their definitions. The
 * others only set how long a run takes. */
const struct bench_definition bench_definitions[] = {
    {"spawn", 1000000, all_of_them, NULL},
    {"yield", 5000000, all_of_them, NULL},
    {"pingpong", 1000000, sum_below, NULL},
    {"buffered", 8000000, all_of_them, NULL},
    {"mpmc", 4000000, sum_below, NULL},
    {"select4", 1000000, sum_below, NULL},
    {"mutex8", 20000000, all_of_them, NULL},
    {"parked", 1000000, sum_below, NULL},
    {"skynet", 1000000, sum_below, NULL},
    {"fib", 27, fibonacci, fibonacci_tasks},
    {"timers", 100000, all_of_them, NULL},
    {"sieve", 1500, nth_prime, NULL},
    {"primes", 3000000, primes_below, NULL},
    {"echo64", 40000, all_of_them, NULL},
    {"hogs", 40, wakes, wakes},
    {NULL, 0, NULL, NULL},
};
