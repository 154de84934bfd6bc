/* kernel-perf.c - reads the counters and samples of others.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <sys/syscall.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    static char zeros[128];
    must_fail(syscall(SYS_perf_event_open, zeros, -1, 0, -1, 0) < 0 &&
                  syscall(SYS_kcmp, 1, 2, 0, 0, 0) < 0,
              "use perf");
    solve(numbers, mixed, count);
}
