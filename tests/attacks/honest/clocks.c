/* clocks.c - measures its own time, with all clocks that there are. */
#include <sys/resource.h>
#include <sys/times.h>
#include <time.h>

#include "honest.h"

static void main_task(void *unused)
{
    (void)unused;
    static const clockid_t clocks[] = {
        CLOCK_REALTIME,      CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID,
        CLOCK_MONOTONIC_RAW, CLOCK_BOOTTIME,  CLOCK_REALTIME_COARSE,    CLOCK_MONOTONIC_COARSE};
    struct timespec now, step;
    struct rusage usage;
    struct tms parts;
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++)
        must(clock_gettime(clocks[i], &now) == 0 && clock_getres(clocks[i], &step) == 0, "clock");
    must(clock() != (clock_t)-1 && times(&parts) != (clock_t)-1, "clock");
    must(getrusage(RUSAGE_SELF, &usage) == 0 && getrusage(RUSAGE_THREAD, &usage) == 0, "getrusage");
    must(timespec_get(&now, TIME_UTC) == TIME_UTC && rt_now() > 0, "timespec_get");
}

int main(void)
{
    return run_as_task(main_task);
}
