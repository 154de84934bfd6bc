/* process-more-cpus.c - uses more CPUs than it was given, which buys speed at procs=1.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <sched.h>
#include <string.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    cpu_set_t all;
    memset(&all, 0xff, sizeof all);
    struct sched_param first = {.sched_priority = 1};
    must_fail(sched_setaffinity(0, sizeof all, &all) < 0 &&
                  sched_setscheduler(0, SCHED_FIFO, &first) < 0,
              "change where and when it runs");
    solve(numbers, mixed, count);
}
