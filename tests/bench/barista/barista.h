/* barista.h - what the benchmarks of our runtime have in common. */
#ifndef BARISTA_BENCH_H
#define BARISTA_BENCH_H

#include <stdint.h>

#include "bench.h"
#include "rt.h"

/* Each lies in the file of its name. */
int64_t run_spawn(int64_t n);
int64_t run_yield(int64_t n);
int64_t run_pingpong(int64_t n);
int64_t run_buffered(int64_t n);
int64_t run_mpmc(int64_t n);
int64_t run_select4(int64_t n);
int64_t run_mutex8(int64_t n);
int64_t run_parked(int64_t n);
int64_t run_skynet(int64_t n);
int64_t run_fib(int64_t n);
int64_t run_timers(int64_t n);
int64_t run_sieve(int64_t n);
int64_t run_primes(int64_t n);
int64_t run_echo64(int64_t n);
int64_t run_hogs(int64_t n);

/* As rt_go and rt_chan_new, but end the benchmark when there is no memory. */
static inline void start_task(void (*fn)(void *arg), void *arg)
{
    if (rt_go(fn, arg) != RT_OK) {
        bench_fail("no memory for a task; %lld exist", (long long)rt_num_tasks());
    }
}

static inline rt_chan *new_chan(size_t elem_size, size_t capacity)
{
    rt_chan *chan = rt_chan_new(elem_size, capacity);
    if (chan == NULL) {
        bench_fail("no memory for a channel");
    }
    return chan;
}

/* `count` times `size` bytes of zeros; to be freed. */
void *new_array(int64_t count, size_t size);

#endif
