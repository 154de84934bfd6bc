/* clock.c - rt_now: the clock. Other schedulers bring another (sim/). */
#include <time.h>

#include "rt.h"

int64_t rt_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * RT_SECOND + now.tv_nsec;
}
