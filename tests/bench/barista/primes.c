/* primes.c - counts primes in chunks, a task for each: almost nothing but computing. */
#include "prime.h"

#include "barista.h"

struct chunk {
    int from, to;
    int64_t primes;
    rt_wait_group *all;
};

static void count(void *arg)
{
    struct chunk *me = arg;
    me->primes = count_primes(me->from, me->to);
    rt_wait_group_done(me->all);
}

int64_t run_primes(int64_t n)
{
    struct chunk chunks[PRIMES_CHUNKS];
    rt_wait_group all = {0};
    rt_wait_group_add(&all, PRIMES_CHUNKS);
    for (int i = 0; i < PRIMES_CHUNKS; i++) {
        chunks[i] = (struct chunk){chunk_start(n, i, PRIMES_CHUNKS),
                                   chunk_start(n, i + 1, PRIMES_CHUNKS), 0, &all};
        start_task(count, &chunks[i]);
    }
    rt_wait_group_wait(&all);
    int64_t primes = 0;
    for (int i = 0; i < PRIMES_CHUNKS; i++) {
        primes += chunks[i].primes;
    }
    return primes;
}
