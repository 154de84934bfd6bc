/* main.cpp - the benchmarks with Boost.Fiber, which has channels, but no select over several.
 *
 * At procs=1 it runs as most programs use it: on one thread, round robin. With more, one thread for
 * each shares the fibers by its work_stealing algorithm, idle threads spinning (its faster
 * setting). */
#include <malloc.h>

#include <boost/fiber/algo/work_stealing.hpp>
#include <boost/fiber/all.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "bench.h"
#include "prime.h"

namespace fibers = boost::fibers;

/* ---- Start ----------------------------------------------------------------------------------- */

/* Keeps the other threads' main fibers off the stage until the benchmark is over. */
struct curtain {
    fibers::mutex mutex;
    fibers::condition_variable fell;
    bool down = false;

    void wait()
    {
        std::unique_lock<fibers::mutex> lock(mutex);
        fell.wait(lock, [this] { return down; });
    }

    void fall()
    {
        std::unique_lock<fibers::mutex> lock(mutex);
        down = true;
        fell.notify_all();
    }
};

void bench_start(int procs, void (*body)(void *argument), void *argument)
{
    /* malloc is to keep the stacks for reuse: given back and faulted in anew they cost
     * microseconds. */
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    if (procs == 1) {
        body(argument);
        return;
    }
    curtain curtain;
    std::vector<std::thread> threads;
    auto join_in = [procs] {
        fibers::use_scheduling_algorithm<fibers::algo::work_stealing>(procs);
    };
    for (int i = 1; i < procs; i++) {
        threads.emplace_back([&] {
            join_in();
            curtain.wait();
        });
    }
    join_in();
    body(argument);
    curtain.fall();
    for (std::thread &thread : threads) {
        thread.join();
    }
}

/* A fiber on a stack as large as our tasks'. */
template <typename Function>
static fibers::fiber start(Function function, fibers::launch launch = fibers::launch::post)
{
    return fibers::fiber(launch, std::allocator_arg, fibers::fixedsize_stack(64 << 10),
                         std::move(function));
}

/* One that runs at once, and its parent later. In a tree, far fewer fibers are then alive
 * together. */
template <typename Function> static fibers::fiber dispatch(Function function)
{
    return start(std::move(function), fibers::launch::dispatch);
}

using unbuffered = fibers::unbuffered_channel<int64_t>;
using buffered = fibers::buffered_channel<int64_t>;

/* ---- Starting and switching ------------------------------------------------------------------ */

static int64_t run_spawn(int64_t n)
{
    static int64_t marks[SPAWN_BATCH];
    std::vector<fibers::fiber> batch;
    for (int64_t left = n; left > 0; left -= SPAWN_BATCH) {
        int64_t size = std::min<int64_t>(left, SPAWN_BATCH);
        for (int64_t i = 0; i < size; i++) {
            batch.push_back(start([mark = &marks[i]] { ++*mark; }));
        }
        for (fibers::fiber &fiber : batch) {
            fiber.join();
        }
        batch.clear();
    }
    int64_t ran = 0;
    for (int64_t mark : marks) {
        ran += mark;
    }
    return ran;
}

static int64_t run_yield(int64_t n)
{
    auto yield = [](int64_t times) {
        for (int64_t i = 0; i < times; i++) {
            boost::this_fiber::yield();
        }
    };
    fibers::fiber one = start([=] { yield(n / 2); });
    fibers::fiber other = start([=] { yield(n - n / 2); });
    one.join();
    other.join();
    return n;
}

/* ---- Channels and locks ---------------------------------------------------------------------- */

static int64_t run_pingpong(int64_t n)
{
    unbuffered ping, pong;
    fibers::fiber back = start([&] {
        int64_t value;
        while (ping.pop(value) == fibers::channel_op_status::success) {
            pong.push(value);
        }
    });
    int64_t sum = 0;
    for (int64_t i = 0; i < n; i++) {
        ping.push(i);
        sum += pong.value_pop();
    }
    ping.close();
    back.join();
    return sum;
}

static int64_t run_buffered(int64_t n)
{
    buffered values(BUFFERED_CAPACITY);
    fibers::fiber producer = start([&] {
        for (int64_t i = 0; i < n; i++) {
            values.push(i);
        }
        values.close();
    });
    int64_t value, in_order = 0;
    while (values.pop(value) == fibers::channel_op_status::success) {
        in_order += value == in_order;
    }
    producer.join();
    return in_order;
}

static int64_t run_mpmc(int64_t n)
{
    buffered values(MPMC_CAPACITY);
    std::vector<fibers::fiber> producers, consumers;
    int64_t sums[MPMC_CONSUMERS] = {};
    for (int i = 0; i < MPMC_PRODUCERS; i++) {
        producers.push_back(start([&values, i, n] {
            for (int64_t value = i; value < n; value += MPMC_PRODUCERS) {
                values.push(value);
            }
        }));
    }
    for (int64_t &mine : sums) {
        consumers.push_back(start([&values, &mine] {
            int64_t value, sum = 0;
            while (values.pop(value) == fibers::channel_op_status::success) {
                sum += value;
            }
            mine = sum;
        }));
    }
    for (fibers::fiber &producer : producers) {
        producer.join();
    }
    values.close();
    int64_t sum = 0;
    for (int i = 0; i < MPMC_CONSUMERS; i++) {
        consumers[i].join();
        sum += sums[i];
    }
    return sum;
}

static int64_t run_mutex8(int64_t n)
{
    fibers::mutex mutex;
    int64_t count = 0; /* protected by mutex */
    std::vector<fibers::fiber> adders;
    for (int i = 0; i < MUTEX_TASKS; i++) {
        int64_t times = n / MUTEX_TASKS + (i < n % MUTEX_TASKS);
        adders.push_back(start([&, times] {
            for (int64_t k = 0; k < times; k++) {
                std::unique_lock<fibers::mutex> lock(mutex);
                count++;
            }
        }));
    }
    for (fibers::fiber &adder : adders) {
        adder.join();
    }
    return count;
}

/* ---- Trees ----------------------------------------------------------------------------------- */

/* As in Boost's own skynet, the channels are buffered, so that no child waits; a capacity must be a
 * power of two. */
static void node(buffered *sums, int64_t first, int64_t size)
{
    if (size == 1) {
        sums->push(first);
        return;
    }
    buffered children(16);
    int64_t child_size = size / SKYNET_CHILDREN;
    for (int i = 0; i < SKYNET_CHILDREN; i++) {
        int64_t child_first = first + i * child_size;
        dispatch([&children, child_first, child_size] {
            node(&children, child_first, child_size);
        }).detach();
    }
    int64_t sum = 0;
    for (int i = 0; i < SKYNET_CHILDREN; i++) {
        sum += children.value_pop();
    }
    sums->push(sum);
}

static int64_t run_skynet(int64_t n)
{
    buffered sums(2);
    start([&] { node(&sums, 0, n); }).detach();
    return sums.value_pop();
}

static int64_t run_fib(int64_t n)
{
    if (n < 2) {
        return n;
    }
    int64_t left_result;
    fibers::fiber left = dispatch([&left_result, n] { left_result = run_fib(n - 1); });
    int64_t right_result = run_fib(n - 2);
    left.join();
    return left_result + right_result;
}

/* ---- The rest -------------------------------------------------------------------------------- */

static int64_t run_timers(int64_t n)
{
    using clock = std::chrono::steady_clock;
    std::atomic<int64_t> slept{0};
    std::vector<fibers::fiber> sleepers;
    for (int64_t i = 0; i < n; i++) {
        std::chrono::milliseconds sleep(1 + i % TIMERS_LONGEST_MS);
        sleepers.push_back(start([&slept, sleep] {
            clock::time_point begin = clock::now();
            boost::this_fiber::sleep_for(sleep);
            slept += clock::now() - begin >= sleep;
        }));
    }
    for (fibers::fiber &sleeper : sleepers) {
        sleeper.join();
    }
    return slept;
}

/* Unlike tasks of ours and of Go, fibers that are alive at the end keep the program from ending. So
 * a zero goes down the chain at last. (Closing the channels crashes: Boost 1.74 then wakes a fiber
 * twice.) */
static void generate(unbuffered *numbers, const std::atomic<bool> *enough)
{
    for (int64_t number = 2; !enough->load(std::memory_order_relaxed); number++) {
        numbers->push(number);
    }
    numbers->push(0);
}

static void filter(unbuffered *in, unbuffered *out, int64_t prime)
{
    int64_t number;
    do {
        number = in->value_pop();
        if (number == 0 || number % prime != 0) {
            out->push(number);
        }
    } while (number != 0);
}

static int64_t run_sieve(int64_t n)
{
    std::vector<std::unique_ptr<unbuffered>> channels;
    std::vector<fibers::fiber> chain;
    std::atomic<bool> enough{false};
    int64_t prime = 0;
    channels.push_back(std::make_unique<unbuffered>());
    chain.push_back(start([&, numbers = channels[0].get()] { generate(numbers, &enough); }));
    for (int64_t i = 0; i < n; i++) {
        unbuffered *in = channels.back().get();
        prime = in->value_pop();
        channels.push_back(std::make_unique<unbuffered>());
        unbuffered *out = channels.back().get();
        chain.push_back(start([in, out, prime] { filter(in, out, prime); }));
    }
    enough = true;
    while (channels.back()->value_pop() != 0) {
    }
    for (fibers::fiber &link : chain) {
        link.join();
    }
    return prime;
}

static int64_t run_primes(int64_t n)
{
    int64_t counts[PRIMES_CHUNKS];
    std::vector<fibers::fiber> chunks;
    for (int i = 0; i < PRIMES_CHUNKS; i++) {
        chunks.push_back(start([&count = counts[i], i, n] {
            count = count_primes(chunk_start(n, i, PRIMES_CHUNKS),
                                 chunk_start(n, i + 1, PRIMES_CHUNKS));
        }));
    }
    int64_t primes = 0;
    for (int i = 0; i < PRIMES_CHUNKS; i++) {
        chunks[i].join();
        primes += counts[i];
    }
    return primes;
}

const struct bench_entry bench_entries[] = {
    {"spawn", run_spawn},       {"yield", run_yield},   {"pingpong", run_pingpong},
    {"buffered", run_buffered}, {"mpmc", run_mpmc},     {"mutex8", run_mutex8},
    {"skynet", run_skynet},     {"fib", run_fib},       {"timers", run_timers},
    {"sieve", run_sieve},       {"primes", run_primes}, {nullptr, nullptr},
};
