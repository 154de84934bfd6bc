/* forge-exec-itself.c - starts itself again with other arguments and variables.
 *
 * Expect: pass|crash|wrong_answer|timeout
 * Tiers: ABCD */
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    (void)numbers, (void)mixed, (void)count;
    char *argv[] = {"program", "--graded", NULL};
    char *variables[] = {"RT_PROCS=64", "LD_PRELOAD=/tmp/evil.so", "LD_DEBUG=all", NULL};
    execve("/proc/self/exe", argv, variables);
    solve(numbers, mixed, count);
}
