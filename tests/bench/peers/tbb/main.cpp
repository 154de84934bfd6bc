/* main.cpp - the benchmarks that make sense with oneTBB's task groups. As with OpenMP, a task can
 * wait for its children only. */
#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_reduce.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_group.h>

#include <algorithm>
#include <functional>

#include "bench.h"
#include "prime.h"

void bench_start(int procs, void (*body)(void *argument), void *argument)
{
    tbb::global_control limit(tbb::global_control::max_allowed_parallelism, procs);
    tbb::task_arena arena(procs);
    arena.execute([=] { body(argument); });
}

static int64_t run_spawn(int64_t n)
{
    static int64_t marks[SPAWN_BATCH];
    tbb::task_group batch;
    for (int64_t left = n; left > 0; left -= SPAWN_BATCH) {
        int64_t size = std::min<int64_t>(left, SPAWN_BATCH);
        for (int64_t i = 0; i < size; i++) {
            batch.run([mark = &marks[i]] { ++*mark; });
        }
        batch.wait();
    }
    int64_t ran = 0;
    for (int64_t mark : marks) {
        ran += mark;
    }
    return ran;
}

static int64_t run_node(int64_t first, int64_t size)
{
    if (size == 1) {
        return first;
    }
    int64_t sums[SKYNET_CHILDREN];
    int64_t child_size = size / SKYNET_CHILDREN;
    tbb::task_group children;
    for (int i = 0; i < SKYNET_CHILDREN; i++) {
        children.run([=, &sums] { sums[i] = run_node(first + i * child_size, child_size); });
    }
    children.wait();
    int64_t sum = 0;
    for (int64_t each : sums) {
        sum += each;
    }
    return sum;
}

static int64_t run_skynet(int64_t n)
{
    return run_node(0, n);
}

static int64_t run_fib(int64_t n)
{
    if (n < 2) {
        return n;
    }
    int64_t left;
    tbb::task_group group;
    group.run([&left, n] { left = run_fib(n - 1); });
    int64_t right = run_fib(n - 2);
    group.wait();
    return left + right;
}

static int64_t run_primes(int64_t n)
{
    using chunks = tbb::blocked_range<int>;
    return tbb::parallel_reduce(
        chunks(0, PRIMES_CHUNKS, 1), int64_t{0},
        [n](const chunks &some, int64_t primes) {
            for (int i = some.begin(); i < some.end(); i++) {
                primes += count_primes(chunk_start(n, i, PRIMES_CHUNKS),
                                       chunk_start(n, i + 1, PRIMES_CHUNKS));
            }
            return primes;
        },
        std::plus<int64_t>(), tbb::simple_partitioner());
}

const struct bench_entry bench_entries[] = {
    {"spawn", run_spawn},   {"skynet", run_skynet}, {"fib", run_fib},
    {"primes", run_primes}, {nullptr, nullptr},
};
