/* kernel-other-abi.c - makes system calls by numbers of another architecture, which a filter may
 * have forgotten.
 *
 * Expect: pass held|crash
 * Tiers: ABC */
#include <sys/syscall.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
#if defined(__x86_64__)
    long child = syscall(0x40000000 + SYS_fork);
    if (child == 0)
        _exit(0);
    must_fail(child < 0, "call fork by its x32 number");
#else
    must_fail(1, "there is no other one here");
#endif
    solve(numbers, mixed, count);
}
