/* process-limits.c - lifts the limits that it runs under.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <sys/resource.h>
#include <sys/syscall.h>

#include "attacked.h"

#include <unistd.h>

static int getppid_raw(void)
{
    return (int)getppid();
}

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    struct rlimit more = {RLIM_INFINITY, RLIM_INFINITY};
    must_fail(setrlimit(RLIMIT_CPU, &more) < 0 && setrlimit(RLIMIT_AS, &more) < 0 &&
                  syscall(SYS_prlimit64, getppid_raw(), RLIMIT_CPU, &more, NULL) < 0,
              "lift a limit");
    solve(numbers, mixed, count);
}
