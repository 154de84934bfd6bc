/* hogs.h - for tests of what happens to tasks that compute without a scheduling point. */
#ifndef TESTS_HOGS_H
#define TESTS_HOGS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "rt.h"
#include "run.h"

/* How many tasks have been stopped so far. */
static inline int64_t stops_now(void)
{
    struct rt_stats stats;

    rt_stats_get(&stats);
    return stats.stops;
}

/* What another task does when it gets its turn, and a hog that computes until then. */
static _Atomic(bool) came;

static inline void come(void *arg)
{
    (void)arg;
    atomic_store(&came, true);
}

static inline void compute_until_it_came(void *arg)
{
    (void)arg;
    while (!atomic_load(&came))
        spin(100);
}

#endif
